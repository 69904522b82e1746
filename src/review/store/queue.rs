//! The queue, and claims on what stands in it.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::error::{AppError, Problem};
use crate::licences::model::LicenceKind;
use crate::review::model::{AgeBand, Pool};
use crate::server::database::OnConstraint;

/// After this long without an act of its reviewer's a claim goes back to the queue.
const IDLE: Duration = Duration::minutes(30);

/// How the queue stands for a reviewer.
pub struct Desk {
    /// Requests in the pool, those they may not decide left out.
    pub waiting: i64,
    /// Since when the oldest of these waits.
    pub oldest: Option<OffsetDateTime>,
    /// Number of the request they hold.
    pub held: Option<String>,
}

/// The desk of a reviewer, the queue narrowed to a pool.
///
/// # Errors
/// When the database is away.
pub async fn desk(
    connection: &mut PgConnection,
    reviewer: Uuid,
    pool: &Pool,
    now: OffsetDateTime,
) -> Result<Desk, AppError> {
    let queue = sqlx::query!(
        r#"SELECT count(*) AS "waiting!", min(q.waiting_since) AS oldest
         FROM licence_requests q
         WHERE (q.state IN ('submitted', 'appealed') OR q.state = 'in_review' AND idle_since(q) < $2
                 AND q.claimed_by <> $1 AND NOT EXISTS (SELECT FROM standing_decision(q.id, q.claimed_at)))
           AND ($3::text IS NULL OR q.kind = $3) AND ($5::text IS NULL OR q.age_band = $5)
           AND ($4::text IS NULL OR EXISTS (SELECT FROM persons p WHERE p.id = q.person_id AND p.region = $4))
           -- What `may_review` says of each, of all at once.
           AND q.person_id NOT IN (SELECT tied_people($1))
           AND (q.organisation_id IS NULL OR q.organisation_id NOT IN (
               SELECT organisation_id FROM organisation_roles WHERE person_id = $1 AND until IS NULL))
           AND (q.appealed_at IS NULL OR NOT rejected_by($1, q.id, q.appealed_at))"#,
        reviewer,
        now - IDLE,
        pool.kind.map(LicenceKind::code),
        pool.region.as_deref(),
        pool.age.map(AgeBand::code)
    )
    .fetch_one(&mut *connection)
    .await?;
    let held = held(connection, reviewer).await?;
    Ok(Desk { waiting: queue.waiting, oldest: queue.oldest, held })
}

/// The request a reviewer has still to decide.
async fn held(connection: &mut PgConnection, reviewer: Uuid) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT number FROM licence_requests
         WHERE state = 'in_review' AND claimed_by = $1 AND NOT EXISTS (SELECT FROM standing_decision(id, claimed_at))
         ORDER BY claimed_at, id LIMIT 1",
        reviewer
    )
    .fetch_optional(connection)
    .await?)
}

/// Claims the oldest request of a pool that this reviewer may decide, or returns the one they hold, whatever the pool.
/// Idle claims go back to the queue first.
///
/// # Errors
/// [`Problem::NoLongerPossible`] for who lost the role of a reviewer meanwhile.
pub async fn take_next(
    connection: &mut PgConnection,
    reviewer: Uuid,
    pool: &Pool,
    now: OffsetDateTime,
) -> Result<Option<String>, AppError> {
    // Two tabs of one reviewer take turns, so that each gets the same request.
    sqlx::query!("SELECT id FROM persons WHERE id = $1 FOR NO KEY UPDATE", reviewer)
        .fetch_one(&mut *connection)
        .await?;
    release_idle(connection, now).await?;
    if let Some(number) = held(connection, reviewer).await? {
        return Ok(Some(number));
    }
    sqlx::query_scalar!(
        "UPDATE licence_requests SET state = 'in_review', claimed_by = $1, claimed_at = $2
         WHERE state IN ('submitted', 'appealed') AND id = (
             SELECT q.id FROM licence_requests q
             WHERE q.state IN ('submitted', 'appealed')
               AND ($3::text IS NULL OR q.kind = $3) AND ($5::text IS NULL OR q.age_band = $5)
               AND ($4::text IS NULL OR EXISTS (SELECT FROM persons p WHERE p.id = q.person_id AND p.region = $4))
               AND q.person_id NOT IN (SELECT tied_people($1))
               AND (q.organisation_id IS NULL OR q.organisation_id NOT IN (
                   SELECT organisation_id FROM organisation_roles WHERE person_id = $1 AND until IS NULL))
               AND (q.appealed_at IS NULL OR NOT rejected_by($1, q.id, q.appealed_at))
             ORDER BY q.waiting_since, q.id FOR UPDATE OF q SKIP LOCKED LIMIT 1)
         RETURNING number",
        reviewer,
        now,
        pool.kind.map(LicenceKind::code),
        pool.region.as_deref(),
        pool.age.map(AgeBand::code)
    )
    .fetch_optional(connection)
    .await
    .on_constraint(&[("licence_requests_by_reviewer", Problem::NoLongerPossible)])
}

/// Puts requests whose reviewers have been idle for half an hour back into the queue.
///
/// # Errors
/// When the database is away.
pub async fn release_idle(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    let idle = sqlx::query_scalar!(
        "SELECT id FROM licence_requests q WHERE state = 'in_review' AND idle_since(q) < $1 FOR UPDATE SKIP LOCKED",
        now - IDLE
    )
    .fetch_all(&mut *connection)
    .await?;
    release(connection, &idle).await
}

/// Puts requests that are locked back into the queue, but for those with a decision that stands.
async fn release(connection: &mut PgConnection, claimed: &[Uuid]) -> Result<(), AppError> {
    if claimed.is_empty() {
        return Ok(());
    }
    // In a statement of its own, which sees decisions committed before the locks were had.
    sqlx::query!(
        "UPDATE licence_requests SET state = CASE WHEN appealed_at IS NULL THEN 'submitted' ELSE 'appealed' END,
             claimed_by = NULL, claimed_at = NULL
         WHERE id = ANY ($1) AND state = 'in_review' AND NOT EXISTS (SELECT FROM standing_decision(id, claimed_at))",
        claimed
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts what a reviewer has claimed and not decided back into the queue: they are one no more.
///
/// # Errors
/// When the database is away.
pub async fn release_of(connection: &mut PgConnection, reviewer: Uuid) -> Result<(), AppError> {
    let claimed = sqlx::query_scalar!(
        "SELECT id FROM licence_requests WHERE state = 'in_review' AND claimed_by = $1 FOR UPDATE",
        reviewer
    )
    .fetch_all(&mut *connection)
    .await?;
    release(connection, &claimed).await
}

/// Puts a request back into the queue.
///
/// # Errors
/// [`Problem::RequestTakenBack`] when this reviewer does not hold it, or has decided it.
pub async fn let_go(connection: &mut PgConnection, reviewer: Uuid, number: &str) -> Result<(), AppError> {
    let done = sqlx::query!(
        "UPDATE licence_requests SET state = CASE WHEN appealed_at IS NULL THEN 'submitted' ELSE 'appealed' END,
             claimed_by = NULL, claimed_at = NULL
         WHERE number = $1 AND state = 'in_review' AND claimed_by = $2",
        number,
        reviewer
    )
    .execute(connection)
    .await
    .on_constraint(&[("licence_requests_undecided", Problem::RequestTakenBack)])?
    .rows_affected();
    if done == 1 { Ok(()) } else { Problem::RequestTakenBack.refused() }
}
