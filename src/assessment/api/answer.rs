use leptos::prelude::*;

use crate::error::AppError;

/// Saves the answer to a question. With `next`, as the button sends it, leads on to the next question, or after the
/// last one to the review; then no choice at all is no mistake: a question may be left for later.
///
/// # Errors
/// [`AppError::NotFound`] for what is no question of the caller's; `AttemptClosed` when it is handed in or out of time.
#[server(endpoint = "assessment/answer")]
pub async fn answer(
    enrolment: String,
    attempt: String,
    position: String,
    #[server(default)] option: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    use crate::assessment::model::{question_path, review_path};
    use crate::assessment::own::{number, own_test};
    use crate::assessment::store::{held, sitting};
    use crate::error::Problem;
    use crate::server::database;

    let caller = crate::access::authorise("assessment/answer")?;
    let (held, mut connection) = own_test(&caller, &enrolment).await?;
    let (ordinal, position) = (number(&attempt)?, number(&position)?);
    let goes_on = !next.is_empty();
    if option.is_empty() && !goes_on {
        return Err(Problem::Required.on("option"));
    }
    if !option.is_empty() {
        let option = uuid::Uuid::parse_str(&option).map_err(|_| Problem::ChoiceUnknown.on("option"))?;
        let mut tx = database::begin_on(&mut connection, Some(held.person)).await?;
        sitting::save_answer(&mut tx, &held, ordinal, position, option, caller.now).await?;
        tx.commit().await?;
    }
    if goes_on {
        let attempts = held::attempts(&mut connection, held.subject).await?;
        let asked = attempts.iter().find(|one| one.ordinal == ordinal).ok_or(AppError::NotFound)?.asked;
        let path = if i64::from(position) < asked {
            question_path(&enrolment, position.saturating_add(1))
        } else {
            review_path(&enrolment)
        };
        leptos_axum::redirect(&path);
    }
    Ok(())
}
