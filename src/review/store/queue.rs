//! The queue, and claims on what stands in it.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::error::{AppError, Problem};

/// After this long without a decision a claim goes back to the queue.
const IDLE: Duration = Duration::minutes(30);

/// How the queue stands for a reviewer.
pub struct Desk {
    /// Requests in the queue, those they may not decide left out.
    pub waiting: i64,
    /// Submission of the oldest of these.
    pub oldest: Option<OffsetDateTime>,
    /// Number of the request they hold.
    pub held: Option<String>,
}

/// The desk of a reviewer.
///
/// # Errors
/// When the database is away.
pub async fn desk(connection: &mut PgConnection, reviewer: Uuid, now: OffsetDateTime) -> Result<Desk, AppError> {
    let queue = sqlx::query!(
        r#"SELECT count(*) AS "waiting!", min(submitted_at) AS oldest FROM licence_requests
         WHERE (state = 'submitted' OR state = 'in_review' AND claimed_at < $2 AND claimed_by <> $1)
           AND may_decide($1, person_id, organisation_id)"#,
        reviewer,
        now - IDLE
    )
    .fetch_one(&mut *connection)
    .await?;
    let held = held(connection, reviewer).await?;
    Ok(Desk { waiting: queue.waiting, oldest: queue.oldest, held })
}

async fn held(connection: &mut PgConnection, reviewer: Uuid) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT number FROM licence_requests WHERE state = 'in_review' AND claimed_by = $1 ORDER BY claimed_at LIMIT 1",
        reviewer
    )
    .fetch_optional(connection)
    .await?)
}

/// Claims the oldest submitted request that this reviewer may decide, or returns the one they hold. Idle claims of
/// others go back to the queue first.
///
/// # Errors
/// When the database is away.
pub async fn take_next(
    connection: &mut PgConnection,
    reviewer: Uuid,
    now: OffsetDateTime,
) -> Result<Option<String>, AppError> {
    // Two tabs of one reviewer take turns, so that each gets the same request.
    sqlx::query!("SELECT id FROM persons WHERE id = $1 FOR NO KEY UPDATE", reviewer)
        .fetch_one(&mut *connection)
        .await?;
    sqlx::query!(
        "UPDATE licence_requests SET state = 'submitted', claimed_by = NULL, claimed_at = NULL
         WHERE state = 'in_review' AND id IN (
             SELECT id FROM licence_requests WHERE state = 'in_review' AND claimed_at < $1 FOR UPDATE SKIP LOCKED)",
        now - IDLE
    )
    .execute(&mut *connection)
    .await?;
    if let Some(number) = held(connection, reviewer).await? {
        return Ok(Some(number));
    }
    Ok(sqlx::query_scalar!(
        "UPDATE licence_requests SET state = 'in_review', claimed_by = $1, claimed_at = $2
         WHERE state = 'submitted' AND id = (
             SELECT id FROM licence_requests
             WHERE state = 'submitted' AND may_decide($1, person_id, organisation_id)
             ORDER BY submitted_at, id FOR UPDATE SKIP LOCKED LIMIT 1)
         RETURNING number",
        reviewer,
        now
    )
    .fetch_optional(connection)
    .await?)
}

/// Puts a request back into the queue.
///
/// # Errors
/// [`Problem::RequestTakenBack`] when this reviewer does not hold it.
pub async fn let_go(connection: &mut PgConnection, reviewer: Uuid, number: &str) -> Result<(), AppError> {
    let done = sqlx::query!(
        "UPDATE licence_requests SET state = 'submitted', claimed_by = NULL, claimed_at = NULL
         WHERE number = $1 AND state = 'in_review' AND claimed_by = $2",
        number,
        reviewer
    )
    .execute(connection)
    .await?
    .rows_affected();
    if done == 1 { Ok(()) } else { Problem::RequestTakenBack.refused() }
}
