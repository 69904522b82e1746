use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Sitting;
use crate::error::AppError;

/// One question of an open attempt.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Paper {
    pub attempt: i16,
    pub position: i16,
    pub stem: String,
    pub options: Vec<Choice>,
    pub chosen: Option<Uuid>,
    /// Of every question in order: whether it is answered.
    pub answered: Vec<bool>,
    pub deadline: OffsetDateTime,
    /// Milliseconds left when the server answered: the browser's clock may be wrong.
    pub left_ms: i64,
}

/// One option of a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    pub id: Uuid,
    pub text: String,
}

/// # Errors
/// [`AppError::NotFound`] for what is no enrolment of the caller's, or no question of the attempt.
#[server(name = FetchSitting, endpoint = "assessment/sitting", input = GetUrl)]
pub async fn sitting(enrolment: String, position: String) -> Result<Sitting<Paper>, AppError> {
    use crate::assessment::model::AttemptState;
    use crate::assessment::own::{number, own_test};
    use crate::assessment::store::{held, sitting};

    let caller = crate::access::authorise("assessment/sitting")?;
    let (held, mut connection) = own_test(&caller, &enrolment).await?;
    let position = number(&position)?;
    let attempts = held::attempts(&mut connection, held.subject).await?;
    let Some(attempt) = attempts.first().filter(|latest| latest.state == AttemptState::Open) else {
        return Ok(Sitting::Closed { ordinal: attempts.first().map(|latest| latest.ordinal) });
    };
    let question = sitting::question(&mut connection, attempt, position).await?;
    let answered = sitting::progress(&mut connection, attempt.id).await?;
    let left = attempt.deadline_at - caller.now;
    Ok(Sitting::Open(Paper {
        attempt: attempt.ordinal,
        position,
        stem: caller.choose(question.stem.ar, question.stem.en),
        options: question
            .options
            .into_iter()
            .map(|(id, text)| Choice { id, text: caller.choose(text.ar, text.en) })
            .collect(),
        chosen: question.chosen,
        answered,
        deadline: attempt.deadline_at,
        left_ms: i64::try_from(left.whole_milliseconds()).unwrap_or_default(),
    }))
}
