//! Batches: many renewals that wait, approved by one reviewer as one job.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::{AppError, Problem};
use crate::renewal::job::RenewBatch;
use crate::review::model::EFFECT_AFTER;
use crate::server::jobs;

/// How many renewals wait that nobody has decided about before. Whose they are is asked of each when its turn comes.
///
/// # Errors
/// When the database is away.
pub async fn ready(connection: &mut PgConnection) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT count(*) AS "ready!" FROM licence_requests q
         WHERE renews IS NOT NULL AND state = 'submitted'
           AND NOT EXISTS (SELECT FROM decisions d WHERE d.request_id = q.id)"#
    )
    .fetch_one(connection)
    .await?)
}

/// Starts a batch of all that wait, with the job that works it off ten seconds later; until then it can be stopped before
/// anything is decided. Where this reviewer's last is not finished, nothing is added to it; its job is seen to.
///
/// # Errors
/// [`Problem::NoLongerPossible`] where none waits.
pub async fn start(connection: &mut PgConnection, reviewer: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    let batch = sqlx::query_scalar!(
        "INSERT INTO renewal_batches (reviewer_id, started_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id",
        reviewer,
        now
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(batch) = batch else {
        let running = sqlx::query_scalar!(
            "SELECT id FROM renewal_batches WHERE reviewer_id = $1 AND finished_at IS NULL",
            reviewer
        )
        .fetch_optional(&mut *connection)
        .await?;
        return match running {
            Some(batch) => run(connection, batch, now + EFFECT_AFTER).await,
            None => Ok(()),
        };
    };
    let rows = sqlx::query!(
        "INSERT INTO renewal_batch_rows (batch_id, licence_id, request_id)
         SELECT $1, q.renews, q.id FROM licence_requests q
         WHERE q.renews IS NOT NULL AND q.state = 'submitted'
           AND NOT EXISTS (SELECT FROM decisions d WHERE d.request_id = q.id)
         ON CONFLICT DO NOTHING",
        batch
    )
    .execute(&mut *connection)
    .await?
    .rows_affected();
    if rows == 0 {
        return Problem::NoLongerPossible.refused();
    }
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id) VALUES ($1, $2, 'renewal_batch_started', $3)",
        now,
        reviewer,
        batch
    )
    .execute(&mut *connection)
    .await?;
    run(connection, batch, now + EFFECT_AFTER).await
}

/// Adds the job of a batch, in place of one that waits.
///
/// # Errors
/// When the database is away.
pub async fn run(connection: &mut PgConnection, batch: Uuid, at: OffsetDateTime) -> Result<(), AppError> {
    jobs::add(connection, &RenewBatch { batch }, at, Some(&batch.to_string())).await
}

/// Stops a batch: what is not approved yet waits on in the queue. Doing so again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown batch and another reviewer's alike, [`Problem::NoLongerPossible`] once finished.
pub async fn stop(
    connection: &mut PgConnection,
    reviewer: Uuid,
    batch: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let stopped = sqlx::query!(
        "WITH stopped AS (
             UPDATE renewal_batches SET stopped_at = $3
             WHERE id = $1 AND reviewer_id = $2 AND stopped_at IS NULL AND finished_at IS NULL RETURNING id)
         INSERT INTO audit_entries (at, actor_id, action, subject_id)
         SELECT $3, $2, 'renewal_batch_stopped', id FROM stopped",
        batch,
        reviewer,
        now
    )
    .execute(&mut *connection)
    .await?
    .rows_affected();
    if stopped == 1 {
        // What is approved already takes effect; then the batch is closed.
        return run(connection, batch, now).await;
    }
    let before = sqlx::query_scalar!(
        "SELECT stopped_at FROM renewal_batches WHERE id = $1 AND reviewer_id = $2",
        batch,
        reviewer
    )
    .fetch_one(connection)
    .await?;
    if before.is_some() { Ok(()) } else { Problem::NoLongerPossible.refused() }
}

/// A batch and how far it is.
pub struct Batch {
    pub id: Uuid,
    pub started_at: OffsetDateTime,
    pub stopped: bool,
    pub finished: bool,
    pub waiting: i64,
    pub approved: i64,
    pub issued: i64,
    pub left: i64,
}

/// A reviewer's latest batch.
///
/// # Errors
/// When the database is away.
pub async fn latest(connection: &mut PgConnection, reviewer: Uuid) -> Result<Option<Batch>, AppError> {
    Ok(sqlx::query_as!(
        Batch,
        r#"SELECT b.id, b.started_at, b.stopped_at IS NOT NULL AS "stopped!", b.finished_at IS NOT NULL AS "finished!",
             count(*) FILTER (WHERE r.state = 'waiting') AS "waiting!",
             count(*) FILTER (WHERE r.state = 'approved') AS "approved!",
             count(*) FILTER (WHERE r.state = 'issued') AS "issued!", count(*) FILTER (WHERE r.state = 'left') AS "left!"
         FROM (SELECT * FROM renewal_batches WHERE reviewer_id = $1 ORDER BY started_at DESC LIMIT 1) b
         JOIN renewal_batch_rows r ON r.batch_id = b.id
         GROUP BY b.id, b.started_at, b.stopped_at, b.finished_at"#,
        reviewer
    )
    .fetch_optional(connection)
    .await?)
}
