use leptos::prelude::*;

use crate::error::AppError;

/// Begins an attempt, or goes on with the one that is open.
///
/// # Errors
/// What stands in the way, as a problem; [`AppError::NotFound`] for what is no enrolment of the caller's.
#[server(endpoint = "assessment/start")]
pub async fn start(enrolment: String) -> Result<(), AppError> {
    use crate::assessment::model::{AttemptState, question_path, resume_at};
    use crate::assessment::own::own_test;
    use crate::assessment::store::{closing, held, sitting, starting};
    use crate::error::Problem;
    use crate::server::database;

    let caller = crate::access::authorise("assessment/start")?;
    let (held, mut connection) = own_test(&caller, &enrolment).await?;
    let mut tx = database::begin_on(&mut connection, Some(held.person)).await?;
    let held = held::held_and_locked(&mut tx, held.subject, held.person, caller.now).await?;
    let started = starting::start(&mut tx, &held, caller.now).await;
    if started == Err(AppError::Refused(Problem::NoAttemptsLeft)) {
        tx.rollback().await?;
        closing::end_without_attempts(&mut connection, &held, caller.now).await?;
        return Problem::NoAttemptsLeft.refused();
    }
    started?;
    tx.commit().await?;
    let attempts = held::attempts(&mut connection, held.subject).await?;
    let resume = match attempts.iter().find(|attempt| attempt.state == AttemptState::Open) {
        Some(open) => resume_at(&sitting::progress(&mut connection, open.id).await?),
        None => 1,
    };
    leptos_axum::redirect(&question_path(&enrolment, resume));
    Ok(())
}
