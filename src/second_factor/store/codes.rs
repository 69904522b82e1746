//! Recovery codes: drafted, kept as hashes once their owner has them, used once each.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::note;
use crate::access::Actor;
use crate::error::AppError;
use crate::second_factor::model::{CODE_DIGITS, CODES};
use crate::server::keys::{Keys, Purpose, random_digits};
use crate::server::rate::Limit;

/// How long new codes are shown.
const SHOWN_FOR: Duration = Duration::minutes(15);
/// Leaves who guesses without end four chances in a million a year.
const TRIES: Limit = Limit { act: "recovery_code", most: 10, window: Duration::minutes(15) };

fn hash(keys: &Keys, code: &str) -> Vec<u8> {
    keys.hash("recovery-code", code)
}

/// Drafts new codes for a sign-in, in place of an earlier draft. The codes in force stay so.
///
/// # Errors
/// When the database is away.
pub async fn draft(
    connection: &mut PgConnection,
    keys: &Keys,
    session: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let codes: Vec<String> = (0..CODES).map(|_| random_digits(CODE_DIGITS)).collect();
    sqlx::query!(
        "INSERT INTO recovery_code_drafts (session_id, sealed, made_at) VALUES ($1, $2, $3)
         ON CONFLICT (session_id) DO UPDATE SET sealed = excluded.sealed, made_at = excluded.made_at",
        session,
        keys.seal(Purpose::RecoveryCodes, &codes.join(" ")),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The codes drafted in a sign-in, while they are shown.
///
/// # Errors
/// When the database is away.
pub async fn drafted(
    connection: &mut PgConnection,
    keys: &Keys,
    session: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<String>, AppError> {
    let sealed = sqlx::query_scalar!(
        "SELECT sealed FROM recovery_code_drafts WHERE session_id = $1 AND made_at > $2",
        session,
        now - SHOWN_FOR
    )
    .fetch_optional(connection)
    .await?;
    let opened = sealed.and_then(|sealed| keys.open(Purpose::RecoveryCodes, &sealed).ok()).unwrap_or_default();
    Ok(opened.split_whitespace().map(str::to_owned).collect())
}

/// Puts drafted codes in force, in place of all earlier ones. The caller holds the person's factors.
///
/// # Errors
/// When the database is away.
pub async fn keep(
    connection: &mut PgConnection,
    keys: &Keys,
    actor: &Actor,
    codes: &[String],
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM recovery_code_drafts WHERE session_id = $1", actor.session)
        .execute(&mut *connection)
        .await?;
    replace(connection, keys, actor.person, codes, now).await?;
    note(connection, Some(actor.person), "recovery_codes_made", actor.person, now).await
}

/// Gives a person these codes and no others.
///
/// # Errors
/// When the database is away.
pub async fn replace(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    codes: &[String],
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| hash(keys, code)).collect();
    sqlx::query!("DELETE FROM recovery_codes WHERE person_id = $1", person).execute(&mut *connection).await?;
    sqlx::query!(
        "INSERT INTO recovery_codes (person_id, code_hash, made_at) SELECT $1, code, $3 FROM unnest($2::bytea[]) code",
        person,
        &hashes,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts one try of a code. Outside the transaction of the act, so that a refusal still counts.
///
/// # Errors
/// [`AppError::TooMany`] over the limit.
pub async fn count_try(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    TRIES.count(connection, &keys.hash(TRIES.act, &person.to_string()), now).await
}

/// Uses a code up. False when it is none of the person's, or was used before: of two at once, one.
///
/// # Errors
/// When the database is away.
pub async fn spend(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    code: &str,
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    let spent = sqlx::query!(
        "UPDATE recovery_codes SET used_at = $3 WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL",
        person,
        hash(keys, code),
        now
    )
    .execute(&mut *connection)
    .await?
    .rows_affected()
        == 1;
    if spent {
        note(connection, Some(person), "recovery_code_used", person, now).await?;
    }
    Ok(spent)
}

/// Codes of a person not used yet.
///
/// # Errors
/// When the database is away.
pub async fn left(connection: &mut PgConnection, person: Uuid) -> Result<usize, AppError> {
    let left = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM recovery_codes WHERE person_id = $1 AND used_at IS NULL"#,
        person
    )
    .fetch_one(connection)
    .await?;
    Ok(usize::try_from(left).unwrap_or_default())
}
