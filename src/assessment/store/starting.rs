//! Beginning an attempt: the questions drawn, their order and that of their options.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::held::{self, Held};
use crate::assessment::model::{AttemptState, Rules, Standing};
use crate::assessment::shuffle::shuffle;
use crate::error::{AppError, Problem};
use crate::server::database::OnConstraint;

/// Opens an attempt at a test that is locked; when one is open already, that one stands. Returns its ordinal.
///
/// # Errors
/// The problem that stands in the way: not attended, the renewal not open, passed already,
/// no attempt left, another test open, a paper result waiting, no questions.
pub async fn start(connection: &mut PgConnection, held: &Held, now: OffsetDateTime) -> Result<i16, AppError> {
    let before = held::attempts(connection, held.subject).await?;
    if let Some(open) = before.iter().find(|attempt| attempt.state == AttemptState::Open) {
        return Ok(open.ordinal);
    }
    match held.standing {
        Standing::NotAttended => return Problem::NotAttended.refused(),
        Standing::Passed => return Problem::AlreadyPassed.refused(),
        Standing::Failed => return Problem::NoAttemptsLeft.refused(),
        Standing::RenewalClosed => return Problem::RenewalNotOpen.refused(),
        Standing::Attended | Standing::RenewalOpen => {}
    }
    let rules = held::rules(connection, held, now).await?;
    if held::attempts_left(connection, held, rules, &before, now).await?.0 == 0 {
        let problem = if held.licence.is_some() { Problem::RenewalTestLater } else { Problem::NoAttemptsLeft };
        return problem.refused();
    }
    let questions = draw(connection, held, rules).await?;
    let (enrolment, renews) = held.subject.columns();
    let ordinal = before.first().map_or(0, |latest| latest.ordinal) + 1;
    let attempt = sqlx::query_scalar!(
        "INSERT INTO attempts (enrolment_id, renews, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'open') RETURNING id",
        enrolment,
        renews,
        held.person,
        ordinal,
        i16::try_from(rules.pass_mark_percent).unwrap_or(100),
        now,
        now + Duration::minutes(i64::from(rules.minutes))
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[
        ("attempts_one_open", Problem::OtherTestOpen),
        ("attempts_renewal_open", Problem::RenewalNotOpen),
        ("attempts_no_paper_waiting", Problem::PaperWaiting),
        // Closed or merged at this very moment.
        ("person_is_open", Problem::NoLongerPossible),
    ])?;
    ask(connection, attempt, &questions).await?;
    Ok(ordinal)
}

/// Draws the questions of an attempt: from the bank of a licence kind, or from the module of a renewal.
async fn draw(connection: &mut PgConnection, held: &Held, rules: Rules) -> Result<Vec<Uuid>, AppError> {
    let mut bank = sqlx::query_scalar!(
        "SELECT id FROM questions q WHERE kind = $1 AND module_id IS NOT DISTINCT FROM $2 AND retired_at IS NULL
           AND EXISTS (SELECT FROM question_options WHERE question_id = q.id AND correct)",
        held.kind,
        held.module
    )
    .fetch_all(connection)
    .await?;
    let wanted = usize::try_from(rules.questions).unwrap_or_default();
    // Without a module there is nothing to ask who renews.
    let asked_of = held.licence.is_none() || held.module.is_some();
    if !asked_of || !rules.usable() || bank.len() < wanted {
        return Problem::TestNotReady.refused();
    }
    shuffle(&mut bank);
    bank.truncate(wanted);
    Ok(bank)
}

/// Writes down the questions in the order given, the options of each in an order of their own.
async fn ask(connection: &mut PgConnection, attempt: Uuid, questions: &[Uuid]) -> Result<(), AppError> {
    let mut options = sqlx::query_scalar!("SELECT id FROM question_options WHERE question_id = ANY ($1)", questions)
        .fetch_all(&mut *connection)
        .await?;
    // All together: the options of one question are then in random order among themselves too.
    shuffle(&mut options);
    sqlx::query!(
        "INSERT INTO attempt_questions (attempt_id, position, question_id, option_order)
         SELECT $1, q.place, q.id, array_agg(o.id ORDER BY o.place)
         FROM unnest($2::uuid[]) WITH ORDINALITY AS q(id, place)
         JOIN question_options k ON k.question_id = q.id
         JOIN unnest($3::uuid[]) WITH ORDINALITY AS o(id, place) ON o.id = k.id
         GROUP BY q.place, q.id",
        attempt,
        questions,
        &options
    )
    .execute(connection)
    .await?;
    Ok(())
}
