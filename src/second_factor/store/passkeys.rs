//! Passkeys, and the challenges that browsers are to answer.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use webauthn_rs::prelude::{AuthenticationResult, Passkey};

use super::{count, hold, note};
use crate::access::Actor;
use crate::error::{AppError, Problem};
use crate::second_factor::model::PasskeyView;
use crate::server::database::{OnConstraint, internal};

/// How long a challenge waits for its answer.
const ANSWERED_WITHIN: Duration = Duration::minutes(5);
/// Passkeys of one person at most.
const MOST: i64 = 10;

/// What a challenge is for.
#[derive(Clone, Copy)]
pub enum Purpose {
    Add,
    Use,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Use => "use",
        }
    }
}

/// Keeps what the answer to a challenge will be checked against, in place of an earlier challenge.
///
/// # Errors
/// When the database is away.
pub async fn begin(
    connection: &mut PgConnection,
    session: Uuid,
    purpose: Purpose,
    state: &impl Serialize,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO passkey_ceremonies (session_id, purpose, state, started_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (session_id, purpose) DO UPDATE SET state = excluded.state, started_at = excluded.started_at",
        session,
        purpose.code(),
        serde_json::to_value(state).map_err(|error| internal(&error))?,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes what an answer is checked against: once, whether or not the answer is right. Not in a transaction that a wrong
/// answer would roll back.
///
/// # Errors
/// [`Problem::PasskeyRefused`] when there is none, or it waited too long.
pub async fn take<S: DeserializeOwned>(
    connection: &mut PgConnection,
    session: Uuid,
    purpose: Purpose,
    now: OffsetDateTime,
) -> Result<S, AppError> {
    let taken = sqlx::query!(
        "DELETE FROM passkey_ceremonies WHERE session_id = $1 AND purpose = $2 RETURNING state, started_at",
        session,
        purpose.code()
    )
    .fetch_optional(connection)
    .await?
    .filter(|row| now - row.started_at <= ANSWERED_WITHIN);
    let Some(row) = taken else { return Problem::PasskeyRefused.refused() };
    serde_json::from_value(row.state).map_err(|error| internal(&error))
}

/// A person's passkeys as the library knows them.
///
/// # Errors
/// When the database is away.
pub async fn credentials(connection: &mut PgConnection, person: Uuid) -> Result<Vec<Passkey>, AppError> {
    let rows =
        sqlx::query_scalar!("SELECT credential FROM passkeys WHERE person_id = $1 ORDER BY added_at, id", person)
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|row| serde_json::from_value(row).map_err(|error| internal(&error))).collect()
}

/// A person's passkeys as they see them, the oldest first.
///
/// # Errors
/// When the database is away.
pub async fn list(connection: &mut PgConnection, person: Uuid) -> Result<Vec<PasskeyView>, AppError> {
    Ok(sqlx::query_as!(
        PasskeyView,
        "SELECT id, added_at, used_at FROM passkeys WHERE person_id = $1 ORDER BY added_at, id",
        person
    )
    .fetch_all(connection)
    .await?)
}

/// Adds a passkey. The caller holds the person's factors.
///
/// # Errors
/// [`Problem::PasskeyRefused`] when it is there already, somebody else's too, or there are too many.
pub async fn add(
    connection: &mut PgConnection,
    person: Uuid,
    passkey: &Passkey,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let added = sqlx::query!(
        "INSERT INTO passkeys (person_id, credential_id, credential, added_at)
         SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM passkeys WHERE person_id = $1) < $5",
        person,
        passkey.cred_id().as_slice(),
        serde_json::to_value(passkey).map_err(|error| internal(&error))?,
        now,
        MOST
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[("passkeys_once", Problem::PasskeyRefused)])?;
    if added.rows_affected() == 0 {
        return Problem::PasskeyRefused.refused();
    }
    note(connection, Some(person), "passkey_added", person, now).await
}

/// Notes the use of a passkey: when it was, and how far its counter has come.
///
/// # Errors
/// [`Problem::PasskeyRefused`] when it was removed meanwhile.
pub async fn note_use(
    connection: &mut PgConnection,
    person: Uuid,
    result: &AuthenticationResult,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    hold(connection, person).await?;
    let passkeys = credentials(connection, person).await?;
    let Some(mut used) = passkeys.into_iter().find(|passkey| passkey.cred_id() == result.cred_id()) else {
        return Problem::PasskeyRefused.refused();
    };
    used.update_credential(result);
    sqlx::query!(
        "UPDATE passkeys SET credential = $3, used_at = $4 WHERE person_id = $1 AND credential_id = $2",
        person,
        used.cred_id().as_slice(),
        serde_json::to_value(&used).map_err(|error| internal(&error))?,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes a passkey, with a fresh check in this sign-in; never the last factor, which would lock its owner out.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs, [`AppError::SecondFactorNeeded`], [`Problem::LastFactor`].
pub async fn remove(
    connection: &mut PgConnection,
    actor: &Actor,
    passkey: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let person = actor.person;
    hold(connection, person).await?;
    let removed = sqlx::query!("DELETE FROM passkeys WHERE id = $1 AND person_id = $2", passkey, person)
        .execute(&mut *connection)
        .await?;
    if removed.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    if !actor.is_fresh(now) {
        return Err(AppError::SecondFactorNeeded);
    }
    if count(connection, person).await? == 0 {
        return Problem::LastFactor.refused();
    }
    note(connection, Some(person), "passkey_removed", person, now).await
}
