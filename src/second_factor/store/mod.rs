//! Second factors as they are kept: who has which, who may add one, and when a sign-in passed the check.

pub mod codes;
pub mod passkeys;
mod resets;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::access::Actor;
use crate::error::{AppError, Problem};
use crate::messages::store::tell;
use crate::messages::templates::Telling;
use crate::server::keys::Keys;

pub use resets::{reset, reset_from_machine};

/// Whether a first factor may be added with the mobile's code alone.
///
/// # Errors
/// When the database is away.
pub async fn is_open(connection: &mut PgConnection, person: Uuid, now: OffsetDateTime) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(r#"SELECT second_factor_is_open($1, $2) AS "open!""#, person, now)
        .fetch_one(connection)
        .await?)
}

/// Holds a person's factors still for the rest of the transaction, and lets only somebody on who may add one: with a
/// fresh check in this sign-in, or as the first.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`] for who has a factor to check with, [`Problem::FactorTooLate`] for who has none.
pub async fn hold_to_add(connection: &mut PgConnection, actor: &Actor, now: OffsetDateTime) -> Result<(), AppError> {
    hold(connection, actor.person).await?;
    if actor.is_fresh(now) || is_open(connection, actor.person, now).await? {
        return Ok(());
    }
    if count(connection, actor.person).await? > 0 {
        return Err(AppError::SecondFactorNeeded);
    }
    Problem::FactorTooLate.refused()
}

/// Holds a person's factors still for the rest of the transaction.
async fn hold(connection: &mut PgConnection, person: Uuid) -> Result<(), AppError> {
    sqlx::query!("SELECT FROM persons WHERE id = $1 FOR NO KEY UPDATE", person).execute(connection).await?;
    Ok(())
}

/// Passkeys, and recovery codes not used yet.
async fn count(connection: &mut PgConnection, person: Uuid) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT (SELECT count(*) FROM passkeys WHERE person_id = $1)
             + (SELECT count(*) FROM recovery_codes WHERE person_id = $1 AND used_at IS NULL) AS "count!""#,
        person
    )
    .fetch_one(connection)
    .await?)
}

/// Drops every factor of a person.
///
/// # Errors
/// When the database is away.
pub async fn forget(connection: &mut PgConnection, person: Uuid) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM passkeys WHERE person_id = $1", person).execute(&mut *connection).await?;
    sqlx::query!("DELETE FROM recovery_codes WHERE person_id = $1", person).execute(connection).await?;
    Ok(())
}

/// Tells a person that their factors changed: who did not do it themselves learns of it.
///
/// # Errors
/// When the database is away.
pub async fn tell_of_change(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    tell(connection, keys, person, &Telling::SecondFactorChanged, now).await
}

/// Notes what became of a person's factors: `by` themselves, an administrator, or the machine.
async fn note(
    connection: &mut PgConnection,
    by: Option<Uuid>,
    action: &str,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id) VALUES ($1, $2, $3, $4)",
        now,
        by,
        action,
        person
    )
    .execute(connection)
    .await?;
    Ok(())
}
