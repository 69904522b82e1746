//! Cancelling a session.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Cancels a session that has not started, for a coded reason and with a text that everybody in it is told.
///
/// # Errors
/// What is wrong, by field; refused once the session has started or somebody's attendance is noted.
#[server(endpoint = "programmes/cancel_session")]
pub async fn cancel_session(
    session: Uuid,
    #[server(default)] reason: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    use crate::error::{Fields, Problem};
    use crate::programmes::model::{CancelReason, LONGEST_REASON};
    use crate::programmes::store::cancelling;

    let caller = crate::access::authorise("programmes/cancel_session")?;
    let mut fields = Fields::default();
    let reason = fields.take("reason", CancelReason::from_code(&reason).ok_or(Problem::Required));
    let text = fields.take("text", crate::text::paragraph(&text, LONGEST_REASON));
    fields.finish()?;
    let (Some(reason), Some(text)) = (reason, text) else { return Err(AppError::Malformed) };
    let mut tx = caller.begin().await?;
    let config = &caller.state.config;
    cancelling::cancel(&mut tx, config, session, (reason, &text), caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/sessions/{session}?cancelled=yes"));
    Ok(())
}
