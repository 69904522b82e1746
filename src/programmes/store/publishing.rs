//! Renewal modules put in force and retired.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::audit;
use super::modules::exists;
use crate::error::{AppError, Problem};
use crate::server::database::OnConstraint;

/// Puts a module in force, a retired one too, and retires the one of its kind that was. The same again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`]; [`Problem::ModuleNotReady`] with fewer questions in use than its test asks.
pub async fn publish(connection: &mut PgConnection, id: Uuid, by: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    // Whoever puts another of the kind in force meanwhile waits here, and the later one stands.
    let of_kind = sqlx::query_scalar!(
        "SELECT id FROM renewal_modules WHERE kind = (SELECT kind FROM renewal_modules WHERE id = $1)
         ORDER BY id FOR NO KEY UPDATE",
        id
    )
    .fetch_all(&mut *connection)
    .await?;
    if of_kind.is_empty() {
        return Err(AppError::NotFound);
    }
    let in_force = sqlx::query_scalar!(
        "SELECT id FROM renewal_modules WHERE id = ANY ($1) AND published_at IS NOT NULL AND retired_at IS NULL",
        &of_kind
    )
    .fetch_optional(&mut *connection)
    .await?;
    if in_force == Some(id) {
        return Ok(());
    }
    if let Some(before) = in_force {
        retire(connection, before, by, now).await?;
    }
    sqlx::query!("UPDATE renewal_modules SET published_at = $2, retired_at = NULL WHERE id = $1", id, now)
        .execute(&mut *connection)
        .await
        .on_constraint(&[
            ("renewal_modules_ready", Problem::ModuleNotReady),
            // One made and put in force since the others were locked.
            ("renewal_modules_one_in_force", Problem::NoLongerPossible),
        ])?;
    audit(connection, by, "module_published", id, now).await
}

/// Retires a module, so that nobody is asked it any more: who passed its test keeps that. The same again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`].
pub async fn retire(connection: &mut PgConnection, id: Uuid, by: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    let retired =
        sqlx::query!("UPDATE renewal_modules SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL", id, now)
            .execute(&mut *connection)
            .await?;
    if retired.rows_affected() == 1 {
        return audit(connection, by, "module_retired", id, now).await;
    }
    exists(connection, id).await
}
