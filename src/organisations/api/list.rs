//! Organisations, by their names.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::organisations::model::OrganisationsPage;

/// Organisations in whose name `name` stands; `name` and `after` as the URL of `/admin/organisations` spells them.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "organisations/organisations", input = GetUrl)]
pub async fn organisations(
    #[server(default)] name: String,
    #[server(default)] after: String,
) -> Result<OrganisationsPage, AppError> {
    use crate::organisations::store;

    let caller = crate::access::authorise("organisations/organisations")?;
    let mut connection = caller.connection().await?;
    let (organisations, next) =
        store::list(&mut connection, &name, after.parse().ok(), caller.locale, caller.now).await?;
    Ok(OrganisationsPage { organisations, next })
}
