//! The report of a trainer's own session.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::training::model::SessionReport;

/// Who came, whose identity was seen, and how their tests stand.
///
/// # Errors
/// [`AppError::NotFound`] when the session is not the caller's.
#[server(name = ReadReport, endpoint = "training/session_report", input = GetUrl)]
pub async fn session_report(#[server(default)] session: String) -> Result<SessionReport, AppError> {
    use crate::administration::model::Reading;
    use crate::administration::store::audit;
    use crate::training::store::report;

    let caller = crate::access::authorise("training/session_report")?;
    let session = uuid::Uuid::parse_str(&session).map_err(|_| AppError::NotFound)?;
    let trainer = caller.person()?;
    let mut connection = caller.connection().await?;
    let report = report::report(&mut connection, session, trainer, caller.locale, caller.now).await?;
    audit::roster(&mut connection, trainer, Reading::ReportViewed, session, caller.now).await?;
    Ok(report)
}
