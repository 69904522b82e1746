//! Marks that a trainer's phone made without a connection.

use leptos::prelude::*;

use crate::error::AppError;
use crate::training::model::{MarkAnswer, SentMark};

/// Takes marks of a session of the caller's own, each once however often it is sent, in the order they were made, and
/// answers for each in the order they were sent.
///
/// # Errors
/// [`AppError::NotFound`] for another trainer's session: who signs in on a shared phone must not use up the marks that
/// somebody else made there. [`AppError::TooLarge`] for more than a batch. What is wrong with one mark is that mark's answer.
#[server(endpoint = "training/send_marks")]
pub async fn send_marks(
    session: uuid::Uuid,
    #[server(default)] marks: Vec<SentMark>,
) -> Result<Vec<MarkAnswer>, AppError> {
    use crate::training::model::LARGEST_BATCH;
    use crate::training::store::marks as store;

    let caller = crate::access::authorise("training/send_marks")?;
    if marks.len() > LARGEST_BATCH {
        return Err(AppError::TooLarge);
    }
    let mut tx = caller.begin().await?;
    let answers = store::take(&mut tx, session, &marks, caller.person()?, caller.now).await?;
    tx.commit().await?;
    Ok(answers)
}
