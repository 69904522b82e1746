//! Approving: the decision, the request's last state and the licence, together.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::{AppError, Problem};
use crate::licences::store::{Issued, issue};
use crate::server::database::OnConstraint;

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
