//! Starting an officer's factors anew, when they have lost them all.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{forget, hold};
use crate::access::Role;
use crate::administration::store::audit;
use crate::error::{AppError, Problem};
use crate::server::database::OnConstraint;

/// Drops every factor of an officer, and lets them add a first one again for seven days. Sign-ins that passed with the
/// old factors have not passed any longer.
///
/// # Errors
/// [`AppError::NotFound`] for who is no officer, [`Problem::OwnRole`] for oneself.
pub async fn reset(connection: &mut PgConnection, person: Uuid, by: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    start_anew(connection, person, Some(by), now).await?;
    audit::note(connection, by, Role::Administrator, "second_factor_reset", Some(person), None, now).await
}

/// As [`reset`], from the machine itself.
///
/// # Errors
/// [`AppError::NotFound`] for who is no officer.
pub async fn reset_from_machine(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    start_anew(connection, person, None, now).await?;
    super::note(connection, None, "second_factor_reset", person, now).await
}

async fn start_anew(
    connection: &mut PgConnection,
    person: Uuid,
    by: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    hold(connection, person).await?;
    let reset = sqlx::query!(
        "INSERT INTO second_factor_resets (person_id, reset_by, reset_at)
         SELECT $1, $2, $3 WHERE EXISTS (SELECT FROM staff_roles WHERE person_id = $1 AND revoked_at IS NULL)",
        person,
        by,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[("second_factor_resets_by_other", Problem::OwnRole)])?;
    if reset.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    forget(connection, person).await?;
    sqlx::query!(
        "UPDATE sign_in_sessions SET second_factor_at = NULL
         WHERE account_id IN (SELECT id FROM accounts WHERE person_id = $1)",
        person
    )
    .execute(connection)
    .await?;
    Ok(())
}
