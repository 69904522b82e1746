//! Every query of administering training.

pub mod cancelling;
pub mod changing;
pub mod choices;
mod held;
pub mod imports;
pub mod mending;
pub mod modules;
pub mod planning;
pub mod programmes;
pub mod publishing;
pub mod questions;
pub mod sessions;
pub mod statistics;
pub mod tallies;
pub mod topics;

pub use held::Held;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::server::database::internal;

/// Rows on a page of a list.
const PAGE: usize = 20;

/// How many rows to ask for: one more than a page, to know whether there are more.
fn asked() -> i64 {
    i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
}

/// A licence kind as the database spells it.
fn kind(code: &str) -> Result<LicenceKind, AppError> {
    LicenceKind::from_code(code).ok_or_else(|| internal(&"unknown licence kind"))
}

/// A count as the database gives it; none is below nought.
fn count(number: impl Into<i64>) -> u32 {
    u32::try_from(number.into()).unwrap_or(0)
}

/// Notes who did what.
async fn audit(
    connection: &mut PgConnection,
    actor: Uuid,
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
