//! Beginning an attempt: the questions drawn, their order and that of their options.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::held::{self, Held};
use crate::assessment::model::{AttemptState, Rules, Standing};
use crate::assessment::shuffle::shuffle;
use crate::error::{AppError, Problem};
use crate::server::database::OnConstraint;

/// Opens an attempt at the test of a locked enrolment; when one is open already, that one stands. Returns its ordinal.
///
/// # Errors
/// The problem that stands in the way: not attended, passed already, no attempt left, another test open, no questions.
pub async fn start(connection: &mut PgConnection, held: &Held, now: OffsetDateTime) -> Result<i16, AppError> {
    let before = held::attempts(connection, held.enrolment).await?;
    if let Some(open) = before.iter().find(|attempt| attempt.state == AttemptState::Open) {
        return Ok(open.ordinal);
    }
    match held.standing {
        Standing::NotAttended => return Problem::NotAttended.refused(),
        Standing::Passed => return Problem::AlreadyPassed.refused(),
        Standing::Failed => return Problem::NoAttemptsLeft.refused(),
        Standing::Attended => {}
    }
    let rules = held::rules(connection, &held.kind, now).await?;
    if rules.attempts_left(i32::try_from(before.len()).unwrap_or(i32::MAX)) == 0 {
        return Problem::NoAttemptsLeft.refused();
    }
    let questions = draw(connection, &held.kind, rules).await?;
    let ordinal = before.first().map_or(0, |latest| latest.ordinal) + 1;
    let attempt = sqlx::query_scalar!(
        "INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, 'open') RETURNING id",
        held.enrolment,
        held.person,
        ordinal,
        i16::try_from(rules.pass_mark_percent).unwrap_or(100),
        now,
        now + Duration::minutes(i64::from(rules.minutes))
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[("attempts_one_open", Problem::OtherTestOpen)])?;
    ask(connection, attempt, &questions).await?;
    Ok(ordinal)
}

/// Draws the questions of an attempt from the bank of a licence kind.
async fn draw(connection: &mut PgConnection, kind: &str, rules: Rules) -> Result<Vec<Uuid>, AppError> {
    let mut bank = sqlx::query_scalar!(
        "SELECT id FROM questions q WHERE kind = $1 AND retired_at IS NULL
           AND EXISTS (SELECT FROM question_options WHERE question_id = q.id AND correct)",
        kind
    )
    .fetch_all(connection)
    .await?;
    let wanted = usize::try_from(rules.questions).unwrap_or_default();
    if !rules.usable() || bank.len() < wanted {
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
