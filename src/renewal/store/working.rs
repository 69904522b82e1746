//! Working a batch off: one renewal a transaction, so that whatever happens in between costs none of them.

use sqlx::{Acquire, PgConnection};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::AppError;
use crate::review::effect;
use crate::review::store::{Verdict, note_decision};
use crate::server::keys::Keys;

/// Rows looked up at a time.
const PAGE: i64 = 200;

/// A row to work on.
pub struct Work {
    pub licence: Uuid,
    pub request: Uuid,
}

/// The next rows to approve; none once the batch was stopped, or its reviewer is one no longer.
///
/// # Errors
/// When the database is away.
pub async fn to_approve(connection: &mut PgConnection, batch: Uuid) -> Result<Vec<Work>, AppError> {
    Ok(sqlx::query_as!(
        Work,
        "SELECT r.licence_id AS licence, r.request_id AS request
         FROM renewal_batch_rows r JOIN renewal_batches b ON b.id = r.batch_id
         WHERE r.batch_id = $1 AND r.state = 'waiting' AND b.stopped_at IS NULL
           AND EXISTS (SELECT FROM staff_roles s
               WHERE s.person_id = b.reviewer_id AND s.role = 'reviewer' AND s.revoked_at IS NULL)
         ORDER BY r.licence_id LIMIT $2",
        batch,
        PAGE
    )
    .fetch_all(connection)
    .await?)
}

/// The next rows whose decision has taken effect.
///
/// # Errors
/// When the database is away.
pub async fn to_settle(connection: &mut PgConnection, batch: Uuid, now: OffsetDateTime) -> Result<Vec<Work>, AppError> {
    Ok(sqlx::query_as!(
        Work,
        "SELECT r.licence_id AS licence, r.request_id AS request
         FROM renewal_batch_rows r JOIN decisions d ON d.id = r.decision_id
         WHERE r.batch_id = $1 AND r.state = 'approved' AND d.effective_at <= $3
         ORDER BY r.licence_id LIMIT $2",
        batch,
        PAGE,
        now
    )
    .fetch_all(connection)
    .await?)
}

/// Approves one renewal in the name of the batch's reviewer, or leaves it to the queue: when somebody holds or has decided
/// it, when the reviewer is tied to its holder, or when something is missing.
///
/// # Errors
/// When the database is away.
pub async fn approve(
    connection: &mut PgConnection,
    batch: Uuid,
    work: &Work,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let reviewer = sqlx::query_scalar!(
        "SELECT b.reviewer_id FROM renewal_batch_rows r JOIN renewal_batches b ON b.id = r.batch_id
         WHERE r.batch_id = $1 AND r.licence_id = $2 AND r.state = 'waiting' AND b.stopped_at IS NULL
         FOR UPDATE OF r SKIP LOCKED",
        batch,
        work.licence
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(reviewer) = reviewer else { return Ok(()) };
    // What the register refuses must not take the note of it along.
    let mut inner = connection.begin().await?;
    let claimed = sqlx::query_scalar!(
        "UPDATE licence_requests q SET state = 'in_review', claimed_by = $2, claimed_at = $3
         WHERE id = $1 AND state = 'submitted' AND may_review($2, q)
           AND NOT EXISTS (SELECT FROM decisions d WHERE d.request_id = q.id)
         RETURNING number",
        work.request,
        reviewer,
        now
    )
    .fetch_optional(&mut *inner)
    .await?;
    let decided = match claimed {
        Some(number) => note_decision(&mut inner, reviewer, &number, &Verdict::Approve, now).await.map(Some),
        None => Ok(None),
    };
    match decided {
        Ok(Some(decided)) => {
            inner.commit().await?;
            sqlx::query!(
                "UPDATE renewal_batch_rows SET state = 'approved', decision_id = $3
                 WHERE batch_id = $1 AND licence_id = $2",
                batch,
                work.licence,
                decided.id
            )
            .execute(connection)
            .await?;
            Ok(())
        }
        Ok(None) | Err(AppError::Refused(_)) => {
            inner.rollback().await?;
            leave(connection, batch, work).await
        }
        Err(error) => Err(error),
    }
}

async fn leave(connection: &mut PgConnection, batch: Uuid, work: &Work) -> Result<(), AppError> {
    sqlx::query!(
        "UPDATE renewal_batch_rows SET state = 'left' WHERE batch_id = $1 AND licence_id = $2",
        batch,
        work.licence
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Settles one renewal whose decision has taken effect, unless somebody was faster, and notes what became of it.
///
/// # Errors
/// When the database is away.
pub async fn settle(
    connection: &mut PgConnection,
    keys: &Keys,
    batch: Uuid,
    work: &Work,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    effect::settle(connection, keys, work.request, now).await?;
    sqlx::query!(
        "UPDATE renewal_batch_rows SET state = CASE
             WHEN EXISTS (SELECT FROM licences WHERE request_id = $3) THEN 'issued' ELSE 'left' END
         WHERE batch_id = $1 AND licence_id = $2 AND state = 'approved'",
        batch,
        work.licence,
        work.request
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// When the next decision of a batch takes effect.
///
/// # Errors
/// When the database is away.
pub async fn next_effect(connection: &mut PgConnection, batch: Uuid) -> Result<Option<OffsetDateTime>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT min(d.effective_at) FROM renewal_batch_rows r JOIN decisions d ON d.id = r.decision_id
         WHERE r.batch_id = $1 AND r.state = 'approved'",
        batch
    )
    .fetch_one(connection)
    .await?)
}

/// Closes a batch of which nothing is under way and nothing will be approved any more.
///
/// # Errors
/// When the database is away.
pub async fn finish(connection: &mut PgConnection, batch: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("UPDATE renewal_batches SET finished_at = $2 WHERE id = $1 AND finished_at IS NULL", batch, now)
        .execute(connection)
        .await?;
    Ok(())
}
