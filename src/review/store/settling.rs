//! What a decision does once it takes effect. Late or twice makes no difference: all is dated by the effect itself.

use sqlx::{Acquire, PgConnection};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::{AppError, Problem};
use crate::licences::model::LicenceNumber;
use crate::licences::store::issue;
use crate::review::model::Outcome;
use crate::server::database::internal;

/// What took effect.
pub struct Settled {
    pub applicant: Uuid,
    /// Number of the request.
    pub number: String,
    pub outcome: Outcome,
    /// Whether it decided an appeal.
    pub appeal: bool,
    /// Of an approval.
    pub licence: Option<LicenceNumber>,
    /// Until when a first rejection can be appealed.
    pub appeal_by: Option<OffsetDateTime>,
}

/// Settles a request whose decision has taken effect: its state and, once approved, its licence. `None` when there is
/// nothing to settle, or when the register forbids the licence after all: the approval then lapses, and the request
/// goes back to the queue. `numbers` draws fifteen random digits.
///
/// # Errors
/// When the database is away.
pub async fn settle(
    connection: &mut PgConnection,
    request: Uuid,
    numbers: impl FnMut() -> String,
    now: OffsetDateTime,
) -> Result<Option<Settled>, AppError> {
    let held = sqlx::query!(
        r#"SELECT number, person_id, claimed_at AS "claimed_at!" FROM licence_requests
         WHERE id = $1 AND state = 'in_review' FOR UPDATE"#,
        request
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(held) = held else { return Ok(None) };
    // After the lock, so that an undo in time has been seen.
    let due = sqlx::query!(
        r#"SELECT id AS "id!", outcome AS "outcome!", effective_at AS "effective_at!", appeal AS "appeal!"
         FROM standing_decision($1, $2) WHERE effective_at <= $3"#,
        request,
        held.claimed_at,
        now
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(due) = due else { return Ok(None) };
    let outcome = Outcome::from_code(&due.outcome).ok_or_else(|| internal(&"unknown outcome"))?;
    let licence = if outcome == Outcome::Approved {
        // What the register refuses must not take the rest along.
        let mut inner = connection.begin().await?;
        become_decided(&mut inner, request, outcome, now).await?;
        match issue(&mut inner, request, numbers, due.effective_at).await {
            Ok(issued) => {
                inner.commit().await?;
                Some(issued.number)
            }
            Err(AppError::Refused(Problem::PrerequisitesMissing | Problem::LicenceStillValid)) => {
                inner.rollback().await?;
                lapse(connection, request, due.id, now).await?;
                return Ok(None);
            }
            Err(error) => return Err(error),
        }
    } else {
        become_decided(connection, request, outcome, now).await?;
        None
    };
    let appeal_by = match outcome {
        Outcome::Rejected if !due.appeal => {
            sqlx::query_scalar!("SELECT appeal_deadline($1)", request).fetch_one(connection).await?
        }
        _ => None,
    };
    Ok(Some(Settled {
        applicant: held.person_id,
        number: held.number,
        outcome,
        appeal: due.appeal,
        licence,
        appeal_by,
    }))
}

async fn become_decided(
    connection: &mut PgConnection,
    request: Uuid,
    outcome: Outcome,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "UPDATE licence_requests SET state = $2, settled_at = $3 WHERE id = $1 AND state = 'in_review'",
        request,
        outcome.code(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// An approval that the register did not let take effect: noted, and the request waits for another look.
async fn lapse(
    connection: &mut PgConnection,
    request: Uuid,
    decision: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO decision_withdrawals (decision_id, kind, withdrawn_at) VALUES ($1, 'lapsed', $2)",
        decision,
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "WITH back AS (
             UPDATE licence_requests SET state = CASE WHEN appealed_at IS NULL THEN 'submitted' ELSE 'appealed' END,
                 claimed_by = NULL, claimed_at = NULL
             WHERE id = $1 AND state = 'in_review' RETURNING id)
         INSERT INTO audit_entries (at, action, subject_id) SELECT $2, 'decision_lapsed', id FROM back",
        request,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The requests with a decision that has taken effect and is not settled: of one person, or of all.
///
/// # Errors
/// When the database is away.
pub async fn due(
    connection: &mut PgConnection,
    person: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<Vec<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT id FROM licence_requests
         WHERE state = 'in_review' AND ($1::uuid IS NULL OR person_id = $1)
           AND EXISTS (SELECT FROM standing_decision(id, claimed_at) WHERE effective_at <= $2)
         ORDER BY claimed_at LIMIT 1000",
        person,
        now
    )
    .fetch_all(connection)
    .await?)
}

/// Whether a request has a decision that has yet to take effect.
///
/// # Errors
/// When the database is away.
pub async fn is_pending(connection: &mut PgConnection, request: Uuid, now: OffsetDateTime) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM licence_requests q, standing_decision(q.id, q.claimed_at) d
             WHERE q.id = $1 AND q.state = 'in_review' AND d.effective_at > $2) AS "pending!""#,
        request,
        now
    )
    .fetch_one(connection)
    .await?)
}
