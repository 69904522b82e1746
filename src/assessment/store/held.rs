//! The enrolment a test belongs to, as its holder may see it, and the attempts at it.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::assessment::model::{AttemptState, Rules, Standing};
use crate::error::AppError;
use crate::server::database::internal;

/// An enrolment and what it means for the test.
pub struct Held {
    pub enrolment: Uuid,
    pub person: Uuid,
    pub standing: Standing,
    /// The licence kind whose question bank and settings apply.
    pub kind: String,
    pub title_ar: String,
    pub title_en: String,
}

/// An enrolment of a person's own.
///
/// # Errors
/// [`AppError::NotFound`] when there is none, or when it is another person's.
pub async fn held(connection: &mut PgConnection, enrolment: Uuid, person: Uuid) -> Result<Held, AppError> {
    let row = sqlx::query!(
        "SELECT e.state, g.kind, g.title_ar, g.title_en
         FROM enrolments e JOIN programmes g ON g.id = e.programme_id
         WHERE e.id = $1 AND e.person_id = $2",
        enrolment,
        person
    )
    .fetch_optional(connection)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Held {
        enrolment,
        person,
        standing: Standing::of_enrolment(&row.state),
        kind: row.kind,
        title_ar: row.title_ar,
        title_en: row.title_en,
    })
}

/// As [`held`], and nobody else starts or finishes its test until the transaction ends. Every writer locks the
/// enrolment before an attempt, so that none waits for another in a circle.
///
/// # Errors
/// As [`held`].
pub async fn held_and_locked(connection: &mut PgConnection, enrolment: Uuid, person: Uuid) -> Result<Held, AppError> {
    lock(connection, enrolment).await?;
    held(connection, enrolment, person).await
}

/// Locks an enrolment's row.
///
/// # Errors
/// When the database is away.
pub async fn lock(connection: &mut PgConnection, enrolment: Uuid) -> Result<(), AppError> {
    sqlx::query!("SELECT FROM enrolments WHERE id = $1 FOR UPDATE", enrolment).execute(connection).await?;
    Ok(())
}

/// The rules in force for a licence kind.
///
/// # Errors
/// When a setting is missing, which a migrated database never lacks.
pub async fn rules(connection: &mut PgConnection, kind: &str, now: OffsetDateTime) -> Result<Rules, AppError> {
    let row = sqlx::query!(
        "SELECT setting('test_questions', $1, $2) AS questions, setting('test_minutes', $1, $2) AS minutes,
             setting('pass_mark_percent', $1, $2) AS pass_mark, setting('test_attempts', $1, $2) AS attempts",
        kind,
        now
    )
    .fetch_one(connection)
    .await?;
    match (row.questions, row.minutes, row.pass_mark, row.attempts) {
        (Some(questions), Some(minutes), Some(pass_mark_percent), Some(attempts)) => {
            Ok(Rules { questions, minutes, pass_mark_percent, attempts })
        }
        _ => Err(internal(&"a setting of the test is missing")),
    }
}

/// One sitting of a test.
pub struct Attempt {
    pub id: Uuid,
    pub ordinal: i16,
    pub state: AttemptState,
    pub deadline_at: OffsetDateTime,
    pub finished_at: Option<OffsetDateTime>,
    pub pass_mark_percent: i16,
    pub right_answers: Option<i16>,
    pub asked: i64,
}

/// All attempts of an enrolment, the latest first.
///
/// # Errors
/// When the database is away.
pub async fn attempts(connection: &mut PgConnection, enrolment: Uuid) -> Result<Vec<Attempt>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT id, ordinal, state, deadline_at, finished_at, pass_mark_percent, right_answers,
             (SELECT count(*) FROM attempt_questions q WHERE q.attempt_id = a.id) AS "asked!"
         FROM attempts a WHERE enrolment_id = $1 ORDER BY ordinal DESC"#,
        enrolment
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Attempt {
                id: row.id,
                ordinal: row.ordinal,
                state: AttemptState::from_code(&row.state).ok_or_else(|| internal(&"unknown state of an attempt"))?,
                deadline_at: row.deadline_at,
                finished_at: row.finished_at,
                pass_mark_percent: row.pass_mark_percent,
                right_answers: row.right_answers,
                asked: row.asked,
            })
        })
        .collect()
}

/// The enrolment of a person's open attempt at another test than this enrolment's.
///
/// # Errors
/// When the database is away.
pub async fn open_elsewhere(connection: &mut PgConnection, held: &Held) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT enrolment_id FROM attempts WHERE person_id = $1 AND enrolment_id <> $2 AND state = 'open'",
        held.person,
        held.enrolment
    )
    .fetch_optional(connection)
    .await?)
}
