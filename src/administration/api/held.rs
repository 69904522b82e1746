//! Everything that is held on who asks.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::administration::model::Held;
use crate::error::AppError;

/// Everything that is held on the caller.
///
/// # Errors
/// When the database is away.
#[server(name = ReadHeld, endpoint = "administration/held", input = GetUrl)]
pub async fn held() -> Result<Held, AppError> {
    let caller = crate::access::authorise("administration/held")?;
    let mut connection = caller.connection().await?;
    let keys = &caller.state.config.keys;
    let (person, locale) = (caller.person()?, caller.locale);
    crate::administration::store::held::everything(&mut connection, keys, person, locale, caller.now).await
}
