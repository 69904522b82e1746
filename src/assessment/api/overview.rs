use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::assessment::model::{Rules, Standing};
use crate::error::AppError;

/// The page of a test.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Overview {
    /// The programme's, or the module's.
    pub title: String,
    /// Number of the licence to be renewed.
    pub licence: Option<String>,
    pub standing: Standing,
    pub rules: Rules,
    pub attempts_left: i32,
    /// From when on there is another attempt where none is left.
    pub next_attempt_at: Option<OffsetDateTime>,
    pub open: Option<OpenAttempt>,
    /// What another test that is open belongs to: it comes first.
    pub elsewhere: Option<String>,
    /// Whether a result on paper waits for its confirmation: no test begins before.
    pub paper_waits: bool,
    pub past: Vec<PastAttempt>,
}

/// An attempt to go on with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenAttempt {
    pub resume: i16,
    pub deadline: OffsetDateTime,
}

/// An attempt that has ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PastAttempt {
    pub ordinal: i16,
    pub passed: bool,
    pub right: i32,
    pub asked: i32,
    pub on_paper: bool,
}

/// # Errors
/// [`AppError::NotFound`] for what is no enrolment of the caller's.
#[server(name = FetchOverview, endpoint = "assessment/overview", input = GetUrl)]
pub async fn overview(enrolment: String) -> Result<Overview, AppError> {
    use crate::assessment::model::{AttemptState, Standing, resume_at};
    use crate::assessment::own::own_test;
    use crate::assessment::store::{closing, held, in_the_way, sitting};

    let caller = crate::access::authorise("assessment/overview")?;
    let (mut held, mut connection) = own_test(&caller, &enrolment).await?;
    let rules = held::rules(&mut connection, &held, caller.now).await?;
    let attempts = held::attempts(&mut connection, held.subject).await?;
    let (attempts_left, next_attempt_at) =
        held::attempts_left(&mut connection, &held, rules, &attempts, caller.now).await?;
    let elsewhere = in_the_way::open_elsewhere(&mut connection, &held).await?;
    let paper_waits = in_the_way::paper_waits(&mut connection, &held).await?;
    let open = match attempts.iter().find(|attempt| attempt.state == AttemptState::Open) {
        Some(open) => {
            let answered = sitting::progress(&mut connection, open.id).await?;
            Some(OpenAttempt { resume: resume_at(&answered), deadline: open.deadline_at })
        }
        None => None,
    };
    if attempts_left == 0 && open.is_none() && held.standing == Standing::Attended {
        closing::end_without_attempts(&mut connection, &held, caller.now).await?;
        held = held::held(&mut connection, held.subject.id(), held.person, caller.now).await?;
    }
    Ok(Overview {
        title: caller.choose(held.title_ar, held.title_en),
        licence: held.licence,
        standing: held.standing,
        rules,
        attempts_left,
        next_attempt_at,
        open,
        elsewhere: elsewhere.map(|enrolment| enrolment.to_string()),
        paper_waits,
        past: attempts
            .iter()
            .filter(|attempt| attempt.state != AttemptState::Open)
            .map(|attempt| PastAttempt {
                ordinal: attempt.ordinal,
                passed: attempt.state == AttemptState::Passed,
                right: attempt.right_answers.unwrap_or_default().into(),
                asked: i32::try_from(attempt.asked).unwrap_or_default(),
                on_paper: attempt.on_paper,
            })
            .collect(),
    })
}
