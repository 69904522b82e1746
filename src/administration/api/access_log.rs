//! Who read one's own record.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::administration::model::AccessPage;
use crate::error::AppError;

/// The readings of the caller's record by officers, newest first unless another order is named; every argument as the URL
/// of `/account/access-log` spells it.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "administration/access_log", input = GetUrl)]
pub async fn access_log(
    #[server(default)] role: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<AccessPage, AppError> {
    use crate::access::Role;
    use crate::administration::store::access_log;
    use crate::place::{Order, Place};

    let caller = crate::access::authorise("administration/access_log")?;
    let mut connection = caller.connection().await?;
    let (role, order) = (Role::from_code(&role), Order::parse(&order, Order::Latest));
    let (person, after) = (caller.person()?, Place::parse(&after));
    let (entries, next) = access_log::page(&mut connection, person, role, order, after).await?;
    Ok(AccessPage { entries, next: next.map(|place| place.code()) })
}
