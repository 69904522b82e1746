use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::Sitting;
use crate::error::AppError;

/// All questions of an open attempt, before it is handed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Review {
    pub attempt: i16,
    pub questions: Vec<AnsweredQuestion>,
    pub deadline: OffsetDateTime,
    pub left_ms: i64,
}

/// A question and what was chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnsweredQuestion {
    pub position: i16,
    pub stem: String,
    pub answer: Option<String>,
}

/// # Errors
/// [`AppError::NotFound`] for what is no enrolment of the caller's.
#[server(name = FetchReview, endpoint = "assessment/review", input = GetUrl)]
pub async fn review(enrolment: String) -> Result<Sitting<Review>, AppError> {
    use crate::assessment::model::AttemptState;
    use crate::assessment::own::own_test;
    use crate::assessment::store::{held, sitting};

    let caller = crate::access::authorise("assessment/review")?;
    let (held, mut connection) = own_test(&caller, &enrolment).await?;
    let attempts = held::attempts(&mut connection, held.subject).await?;
    let Some(attempt) = attempts.first().filter(|latest| latest.state == AttemptState::Open) else {
        return Ok(Sitting::Closed { ordinal: attempts.first().map(|latest| latest.ordinal) });
    };
    let questions = sitting::answered(&mut connection, attempt.id).await?;
    let left = attempt.deadline_at - caller.now;
    Ok(Sitting::Open(Review {
        attempt: attempt.ordinal,
        questions: questions
            .into_iter()
            .map(|question| AnsweredQuestion {
                position: question.position,
                stem: caller.choose(question.stem.ar, question.stem.en),
                answer: question.answer.map(|answer| caller.choose(answer.ar, answer.en)),
            })
            .collect(),
        deadline: attempt.deadline_at,
        left_ms: i64::try_from(left.whole_milliseconds()).unwrap_or_default(),
    }))
}
