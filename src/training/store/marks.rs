//! Marks that arrive late: each is taken once, in the order they were made, and its answer is kept, so that an answer
//! that was lost on the way can be given again.

use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;
use uuid::Uuid;

use super::roster;
use crate::error::{AppError, Problem};
use crate::server::database::internal;
use crate::training::model::{MarkAnswer, SentMark};

/// Takes marks of a trainer's own session; answers in the order given.
///
/// # Errors
/// [`AppError::NotFound`] when the session is not the trainer's; when the database is away. What is wrong with one mark is its answer, and holds up no other.
pub async fn take(
    connection: &mut PgConnection,
    session: Uuid,
    marks: &[SentMark],
    trainer: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<MarkAnswer>, AppError> {
    sqlx::query!("SELECT id FROM training_sessions WHERE id = $1 AND trainer_id = $2", session, trainer)
        .fetch_one(&mut *connection)
        .await?;
    let enrolments: Vec<Uuid> = marks.iter().map(|mark| mark.enrolment).collect();
    // All locked first, and in one order: whoever sends the same marks, or others of the same people, waits here, and
    // then sees what was taken meanwhile.
    let own = sqlx::query_scalar!(
        "SELECT e.id FROM enrolments e JOIN training_sessions s ON s.id = e.session_id
         WHERE e.id = ANY ($1) AND s.id = $2 AND s.cancelled_at IS NULL
         ORDER BY e.id FOR UPDATE OF e",
        &enrolments,
        session
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|place| (marks[*place].made_at, marks[*place].id));
    let mut answers = vec![MarkAnswer::Refused(Problem::NotOnRoster); marks.len()];
    for place in order {
        let mark = &marks[place];
        if own.contains(&mark.enrolment) {
            answers[place] = take_one(connection, mark, trainer, now).await?;
        }
    }
    Ok(answers)
}

/// Takes one mark of an enrolment that is locked.
async fn take_one(
    connection: &mut PgConnection,
    sent: &SentMark,
    trainer: Uuid,
    now: OffsetDateTime,
) -> Result<MarkAnswer, AppError> {
    let before = sqlx::query!(
        "SELECT refused FROM received_marks WHERE id = $1 AND enrolment_id = $2 AND trainer_id = $3",
        sent.id,
        sent.enrolment,
        trainer
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(before) = before {
        return match before.refused {
            None => Ok(MarkAnswer::AlreadyThere),
            Some(code) => serde_json::from_value(serde_json::Value::String(code))
                .map(MarkAnswer::Refused)
                .map_err(|error| internal(&error)),
        };
    }
    // A clock that is ahead must not make a mark that no later one can mend.
    let made_at = moment(sent.made_at).map(|made_at| made_at.min(now));
    let Some(made_at) = made_at else { return Ok(MarkAnswer::Refused(Problem::TimeInvalid)) };
    let answer = apply(connection, sent, made_at, trainer, now).await?;
    if let MarkAnswer::Refused(problem) = answer {
        keep(connection, sent, made_at, trainer, Some(problem), now).await?;
    }
    Ok(answer)
}

/// Keeps a mark for good, and why it was refused, if it was.
async fn keep(
    connection: &mut PgConnection,
    sent: &SentMark,
    made_at: OffsetDateTime,
    trainer: Uuid,
    refused: Option<Problem>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let refused = refused.map(serde_json::to_value).transpose().map_err(|error| internal(&error))?;
    let kept = sqlx::query!(
        "INSERT INTO received_marks (id, enrolment_id, trainer_id, mark, made_at, received_at, refused)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
        sent.id,
        sent.enrolment,
        trainer,
        sent.mark.code(),
        made_at,
        now,
        refused.as_ref().and_then(serde_json::Value::as_str)
    )
    .execute(connection)
    .await?;
    // The id of another mark: no phone of ours makes one twice. Nothing of the batch is kept.
    if kept.rows_affected() == 0 { Err(AppError::Malformed) } else { Ok(()) }
}

/// Applies a mark, and keeps it, unless a later one of the same person was applied before it arrived.
async fn apply(
    connection: &mut PgConnection,
    sent: &SentMark,
    made_at: OffsetDateTime,
    trainer: Uuid,
    now: OffsetDateTime,
) -> Result<MarkAnswer, AppError> {
    let overtaken = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM received_marks
                          WHERE enrolment_id = $1 AND made_at > $2 AND refused IS NULL) AS "overtaken!""#,
        sent.enrolment,
        made_at
    )
    .fetch_one(&mut *connection)
    .await?;
    if overtaken {
        return Ok(MarkAnswer::Refused(Problem::MarkOvertaken));
    }
    // In a savepoint, so that what the database refuses of this mark does not undo the others. The mark is kept first: one
    // that came after the time to mark, but was made in it, counts because of what is kept of it.
    let mut step = connection.begin().await?;
    keep(&mut step, sent, made_at, trainer, None, now).await?;
    match roster::mark(&mut step, sent.enrolment, trainer, sent.mark, now).await {
        Ok(state) => {
            step.commit().await?;
            Ok(MarkAnswer::Applied(state))
        }
        Err(AppError::Refused(problem)) => {
            step.rollback().await?;
            Ok(MarkAnswer::Refused(problem))
        }
        Err(error) => Err(error),
    }
}

/// The instant of a phone's clock; `None` where no phone can be.
fn moment(milliseconds: i64) -> Option<OffsetDateTime> {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()?;
    (2000..3000).contains(&at.year()).then_some(at)
}
