//! Who read one's own record.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::administration::model::AccessPage;
use crate::error::AppError;

/// The readings of the caller's record by officers, newest first.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "administration/access_log", input = GetUrl)]
pub async fn access_log(#[server(default)] after: String) -> Result<AccessPage, AppError> {
    use crate::administration::store::access_log;
    use crate::place::Place;

    let caller = crate::access::authorise("administration/access_log")?;
    let mut connection = caller.connection().await?;
    let (entries, next) = access_log::page(&mut connection, caller.person()?, Place::parse(&after)).await?;
    Ok(AccessPage { entries, next: next.map(|place| place.code()) })
}
