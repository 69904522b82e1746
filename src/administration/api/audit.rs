//! The audit log.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::administration::model::AuditPage;
use crate::error::AppError;

/// The audit log, narrowed and paged as the URL of `/admin/audit` spells it.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "administration/audit", input = GetUrl)]
pub async fn audit(
    #[server(default)] action: String,
    #[server(default)] actor: String,
    #[server(default)] subject: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<AuditPage, AppError> {
    use crate::administration::model::AuditFilter;
    use crate::administration::store::log;
    use crate::place::Place;

    let caller = crate::access::authorise("administration/audit")?;
    let filter = AuditFilter::parse(&action, &actor, &subject, &from, &to, &order);
    let mut connection = caller.connection().await?;
    let (entries, next) = log::page(&mut connection, &filter, Place::parse(&after), caller.locale).await?;
    let actions = log::actions(&mut connection).await?;
    Ok(AuditPage { entries, next: next.map(|place| place.code()), actions })
}
