//! Planning sessions.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;
use crate::programmes::model::{SessionChoices, TypedPlan};

/// What a session is planned from.
///
/// # Errors
/// [`AppError::Forbidden`] for anybody but administrators.
#[server(endpoint = "programmes/choices", input = GetUrl)]
pub async fn choices() -> Result<SessionChoices, AppError> {
    use crate::programmes::store::choices;

    let caller = crate::access::authorise("programmes/choices")?;
    let mut connection = caller.connection().await?;
    choices::choices(&mut connection, caller.locale).await
}

/// Plans one session, or a series of them: `times` of it, daily or weekly. All or nothing. Leads to the first.
///
/// # Errors
/// What is wrong, by field.
#[server(endpoint = "programmes/plan_sessions")]
pub async fn plan_sessions(
    #[server(flatten)] plan: TypedPlan,
    #[server(default)] rhythm: String,
    #[server(default)] times: String,
) -> Result<(), AppError> {
    use crate::programmes::model::Rhythm;
    use crate::programmes::store::planning;

    let caller = crate::access::authorise("programmes/plan_sessions")?;
    let series = Rhythm::series(&rhythm, &times, &plan.read(caller.now)?)?;
    let mut tx = caller.begin().await?;
    let first = planning::plan(&mut tx, &series, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/sessions/{first}"));
    Ok(())
}
