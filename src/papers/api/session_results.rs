//! The paper results of a trainer's own session.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::papers::model::SessionResults;

/// Who attended, and what was recorded for them on paper. That the trainer read it is noted as for the roster.
///
/// # Errors
/// [`AppError::NotFound`] when the session is not the caller's, or is held online.
#[server(name = ReadSessionResults, endpoint = "papers/session_results", input = GetUrl)]
pub async fn session_results(#[server(default)] session: String) -> Result<SessionResults, AppError> {
    use crate::administration::model::Reading;
    use crate::administration::store::audit;
    use crate::papers::store::session;

    let caller = crate::access::authorise("papers/session_results")?;
    let trainer = caller.person()?;
    let id = uuid::Uuid::parse_str(&session).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let results = session::results(&mut connection, id, trainer, caller.locale, caller.now).await?;
    audit::roster(&mut connection, trainer, Reading::RosterViewed, id, caller.now).await?;
    Ok(results)
}
