//! Changing a session.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;
use crate::programmes::model::TypedPlan;

/// Changes a session that has not started; its programme stays, whatever is sent. Everybody in it is told.
///
/// # Errors
/// What is wrong, by field; refused once the session has started or is cancelled.
#[server(endpoint = "programmes/change_session")]
pub async fn change_session(session: Uuid, #[server(flatten)] plan: TypedPlan) -> Result<(), AppError> {
    use crate::programmes::store::changing;

    let caller = crate::access::authorise("programmes/change_session")?;
    let plan = plan.read(caller.now)?;
    let mut tx = caller.begin().await?;
    changing::change(&mut tx, &caller.state.config, session, &plan, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/sessions/{session}?saved=yes"));
    Ok(())
}
