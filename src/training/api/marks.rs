//! Marks that a trainer's phone made without a connection.

use leptos::prelude::*;

use crate::error::AppError;
use crate::training::model::{MarkAnswer, SentMark};

/// Takes marks of the caller's own sessions, each once however often it is sent, in the order they were made, and
/// answers for each in the order they were sent.
///
/// # Errors
/// [`AppError::TooLarge`] for more than a batch. What is wrong with one mark is that mark's answer.
#[server(endpoint = "training/send_marks")]
pub async fn send_marks(#[server(default)] marks: Vec<SentMark>) -> Result<Vec<MarkAnswer>, AppError> {
    use crate::training::model::LARGEST_BATCH;
    use crate::training::store::marks as store;

    let caller = crate::access::authorise("training/send_marks")?;
    if marks.len() > LARGEST_BATCH {
        return Err(AppError::TooLarge);
    }
    let mut tx = caller.begin().await?;
    let answers = store::take(&mut tx, &marks, caller.person()?, caller.now).await?;
    tx.commit().await?;
    Ok(answers)
}
