//! The queue of requests, claims on them, and decisions.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, RequestState};
use crate::licences::store::{Issued, issue};
use crate::server::database::{OnConstraint, internal};

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

/// A request as the reviewer who holds it sees it.
pub struct Held {
    pub person: Uuid,
    pub kind: LicenceKind,
    pub organisation: Option<Uuid>,
    pub organisation_name: Option<String>,
    pub submitted_at: OffsetDateTime,
    pub answer_by: Option<OffsetDateTime>,
}

/// A request that this reviewer holds.
///
/// # Errors
/// [`Problem::RequestTakenBack`] for any other number, be it known or not.
pub async fn request(
    connection: &mut PgConnection,
    reviewer: Uuid,
    number: &str,
    locale: Locale,
) -> Result<Held, AppError> {
    let row = sqlx::query!(
        r#"SELECT q.person_id, q.kind, q.organisation_id, q.submitted_at AS "submitted_at!", q.answer_by,
             CASE WHEN $3 THEN o.name_en ELSE o.name_ar END AS organisation_name
         FROM licence_requests q LEFT JOIN organisations o ON o.id = q.organisation_id
         WHERE q.number = $1 AND q.state = 'in_review' AND q.claimed_by = $2"#,
        number,
        reviewer,
        locale == Locale::en
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Problem::RequestTakenBack.refused() };
    Ok(Held {
        person: row.person_id,
        kind: kind(&row.kind)?,
        organisation: row.organisation_id,
        organisation_name: row.organisation_name,
        submitted_at: row.submitted_at,
        answer_by: row.answer_by,
    })
}

/// An earlier request of an applicant.
pub struct Earlier {
    pub kind: LicenceKind,
    pub state: RequestState,
    pub at: OffsetDateTime,
}

/// The requests of a person besides one, newest first.
///
/// # Errors
/// When the database is away.
pub async fn earlier(connection: &mut PgConnection, person: Uuid, besides: &str) -> Result<Vec<Earlier>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT q.kind, q.state, coalesce(
             (SELECT max(decided_at) FROM decisions WHERE request_id = q.id), q.submitted_at, q.created_at) AS "at!"
         FROM licence_requests q WHERE q.person_id = $1 AND q.number <> $2 ORDER BY q.created_at DESC LIMIT 10"#,
        person,
        besides
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let state = RequestState::from_code(&row.state).ok_or_else(|| internal(&"unknown request state"))?;
            Ok(Earlier { kind: kind(&row.kind)?, state, at: row.at })
        })
        .collect()
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

/// What an approval led to.
pub struct Approved {
    pub applicant: Uuid,
    pub licence: Issued,
}

/// Approves a request and issues its licence; the caller's transaction holds both or neither.
/// `numbers` draws fifteen random digits.
///
/// # Errors
/// [`Problem::RequestTakenBack`] when this reviewer does not hold it (any more), [`Problem::TiedToPerson`] when they
/// may not decide it, and what [`issue`] refuses.
pub async fn approve(
    connection: &mut PgConnection,
    reviewer: Uuid,
    number: &str,
    numbers: impl FnMut() -> String,
    now: OffsetDateTime,
) -> Result<Approved, AppError> {
    let held = sqlx::query!(
        "SELECT id, person_id FROM licence_requests
         WHERE number = $1 AND state = 'in_review' AND claimed_by = $2 FOR UPDATE",
        number,
        reviewer
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(held) = held else { return Problem::RequestTakenBack.refused() };
    // The licence is there at once, and so is the effect.
    sqlx::query!(
        "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at)
         VALUES ($1, 'approved', $2, $3, $3)",
        held.id,
        reviewer,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[
        ("decisions_by_claimant", Problem::RequestTakenBack),
        ("decisions_one_approval", Problem::RequestTakenBack),
        ("decisions_untied_reviewer", Problem::TiedToPerson),
    ])?;
    let approved = sqlx::query!(
        "UPDATE licence_requests SET state = 'approved' WHERE id = $1 AND state = 'in_review' AND claimed_by = $2",
        held.id,
        reviewer
    )
    .execute(&mut *connection)
    .await?
    .rows_affected();
    if approved != 1 {
        return Problem::RequestTakenBack.refused();
    }
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id) VALUES ($1, $2, 'request_approved', $3)",
        now,
        reviewer,
        held.id
    )
    .execute(&mut *connection)
    .await?;
    let licence = issue(connection, held.id, numbers, now).await?;
    Ok(Approved { applicant: held.person_id, licence })
}

fn kind(code: &str) -> Result<LicenceKind, AppError> {
    LicenceKind::from_code(code).ok_or_else(|| internal(&"unknown licence kind"))
}
