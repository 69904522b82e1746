use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::AppError;

/// The result of an attempt.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// The programme's, or the module's.
    pub title: String,
    /// Number of the licence to be renewed.
    pub licence: Option<String>,
    pub passed: bool,
    pub right: i32,
    pub asked: i32,
    pub pass_mark_percent: i32,
    pub finished_at: OffsetDateTime,
    pub ending: Ending,
    pub missed: Vec<Topic>,
    pub attempts_left: i32,
    /// From when on there is another attempt where none is left.
    pub next_attempt_at: Option<OffsetDateTime>,
    /// Whether the test was passed by now, by this attempt or a later one.
    pub passed_since: bool,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    HandedIn,
    /// By its deadline, not by its holder.
    OutOfTime,
    /// On paper, recorded by a trainer and confirmed by an administrator.
    OnPaper,
}

/// A topic to read about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Topic {
    pub name: String,
    pub reading: String,
}

/// # Errors
/// [`AppError::NotFound`] for what is no ended attempt of the caller's.
#[server(name = FetchResult, endpoint = "assessment/result", input = GetUrl)]
pub async fn result(enrolment: String, ordinal: String) -> Result<Outcome, AppError> {
    use crate::assessment::model::{AttemptState, Standing};
    use crate::assessment::own::{number, own_test};
    use crate::assessment::store::{held, results};

    let caller = crate::access::authorise("assessment/result")?;
    let (held, mut connection) = own_test(&caller, &enrolment).await?;
    let ordinal = number(&ordinal)?;
    let rules = held::rules(&mut connection, &held, caller.now).await?;
    let attempts = held::attempts(&mut connection, held.subject).await?;
    let attempt = attempts.iter().find(|one| one.ordinal == ordinal).ok_or(AppError::NotFound)?;
    let finished_at = attempt.finished_at.ok_or(AppError::NotFound)?;
    let missed = results::missed_topics(&mut connection, attempt.id).await?;
    let (left, next_attempt_at) = held::attempts_left(&mut connection, &held, rules, &attempts, caller.now).await?;
    Ok(Outcome {
        title: caller.choose(held.title_ar, held.title_en),
        licence: held.licence,
        passed: attempt.state == AttemptState::Passed,
        right: attempt.right_answers.unwrap_or_default().into(),
        asked: i32::try_from(attempt.asked).unwrap_or_default(),
        pass_mark_percent: attempt.pass_mark_percent.into(),
        finished_at,
        ending: match (attempt.on_paper, finished_at >= attempt.deadline_at) {
            (true, _) => Ending::OnPaper,
            (false, true) => Ending::OutOfTime,
            (false, false) => Ending::HandedIn,
        },
        missed: missed
            .into_iter()
            .map(|topic| Topic {
                name: caller.choose(topic.name.ar, topic.name.en),
                reading: caller.choose(topic.reading.ar, topic.reading.en),
            })
            .collect(),
        attempts_left: if held.standing.is_open() { left } else { 0 },
        next_attempt_at: next_attempt_at.filter(|_| held.standing.is_open()),
        passed_since: held.standing == Standing::Passed,
    })
}
