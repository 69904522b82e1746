//! Suspending, and proposing what takes a second officer. The database lets an event change its licence, and refuses
//! one that may not.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::{AppError, Problem};
use crate::licences::model::LicenceNumber;
use crate::oversight::model::{Act, Reason};
use crate::server::database::OnConstraint;

/// A licence that was suspended.
pub struct Suspended {
    pub holder: Uuid,
}

/// Suspends a licence at once.
///
/// # Errors
/// [`AppError::NotFound`], [`Problem::NoLongerPossible`] when it is not active or has ended, [`Problem::TiedToPerson`].
pub async fn suspend(
    connection: &mut PgConnection,
    officer: Uuid,
    number: &LicenceNumber,
    reason: Reason,
    text: &str,
    now: OffsetDateTime,
) -> Result<Suspended, AppError> {
    let licence = licence(connection, number).await?;
    let event = sqlx::query_scalar!(
        "INSERT INTO licence_events (licence_id, event, reason, actor_id, at) VALUES ($1, 'suspended', $2, $3, $4)
         RETURNING id",
        licence.id,
        reason.code(),
        officer,
        now
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[
        ("licence_events_possible", Problem::NoLongerPossible),
        ("licence_events_untied", Problem::TiedToPerson),
    ])?;
    note_text(connection, event, text).await?;
    audit(connection, officer, "licence_suspended", licence.id, now).await?;
    Ok(Suspended { holder: licence.holder })
}

/// The licence of a number, whose holder was not erased.
struct Named {
    id: Uuid,
    holder: Uuid,
}

async fn licence(connection: &mut PgConnection, number: &LicenceNumber) -> Result<Named, AppError> {
    Ok(sqlx::query_as!(
        Named,
        "SELECT l.id, p.id AS holder FROM licences l JOIN persons p ON p.id = l.person_id
         WHERE l.number = $1 AND p.given_name IS NOT NULL",
        number.digits()
    )
    .fetch_one(connection)
    .await?)
}

/// Proposes to restore or to revoke a licence. Nothing changes, and nobody is told, until another officer approves.
///
/// # Errors
/// [`AppError::NotFound`], [`Problem::NoLongerPossible`] when its state does not allow it, [`Problem::TiedToPerson`],
/// [`Problem::ProposalOpen`] when one waits already.
pub async fn propose(
    connection: &mut PgConnection,
    officer: Uuid,
    number: &LicenceNumber,
    (act, reason): (Act, Reason),
    text: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let licence = licence(connection, number).await?.id;
    let proposal = sqlx::query_scalar!(
        "INSERT INTO licence_proposals (licence_id, act, reason, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
        licence,
        act.code(),
        reason.code(),
        officer,
        now
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[
        ("licence_proposals_possible", Problem::NoLongerPossible),
        ("licence_proposals_untied", Problem::TiedToPerson),
        ("licence_proposals_one_open", Problem::ProposalOpen),
    ])?;
    sqlx::query!("INSERT INTO proposal_texts (proposal_id, part, body) VALUES ($1, 'proposed', $2)", proposal, text)
        .execute(&mut *connection)
        .await?;
    let action = if act == Act::Restore { "restoring_proposed" } else { "revocation_proposed" };
    audit(connection, officer, action, licence, now).await
}

/// What the officer wrote beside an event.
pub(super) async fn note_text(connection: &mut PgConnection, event: i64, text: &str) -> Result<(), AppError> {
    sqlx::query!("INSERT INTO licence_event_texts (event_id, body) VALUES ($1, $2)", event, text)
        .execute(connection)
        .await?;
    Ok(())
}

/// Who did what to which licence.
pub(super) async fn audit(
    connection: &mut PgConnection,
    officer: Uuid,
    action: &str,
    licence: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id) VALUES ($1, $2, $3, $4)",
        now,
        officer,
        action,
        licence
    )
    .execute(connection)
    .await?;
    Ok(())
}
