//! Every query of training.

pub mod browse;
pub mod identity;
pub mod marks;
pub mod offers;
pub mod own;
pub mod report;
pub mod roster;
pub mod seats;
pub mod session;
pub mod unmarked;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::model::EnrolmentState;
use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::server::database;

/// A state as the database spells it.
fn state(code: &str) -> Result<EnrolmentState, AppError> {
    EnrolmentState::from_code(code).ok_or_else(|| database::internal(&"unknown enrolment state"))
}

/// A licence kind as the database spells it.
fn kind(code: &str) -> Result<LicenceKind, AppError> {
    LicenceKind::from_code(code).ok_or_else(|| database::internal(&"unknown licence kind"))
}

/// A count as the database gives it; none is below nought.
fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// Notes who did what. `actor` is `None` for what time alone did.
async fn audit(
    connection: &mut PgConnection,
    actor: Option<Uuid>,
    action: &str,
    subject: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id) VALUES ($1, $2, $3, $4)",
        now,
        actor,
        action,
        subject
    )
    .execute(connection)
    .await?;
    Ok(())
}
