//! Keys: given out, followed by others, taken.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::REFUSALS;
use crate::access::Role;
use crate::administration::store::audit;
use crate::error::{AppError, Problem};
use crate::organisations::model::{KeyLine, KeyStanding, Scope};
use crate::place::{Place, cut};
use crate::server::database::OnConstraint;
use crate::server::keys::{random_token, token_hash};

/// Keys on a page.
const PAGE: usize = 20;
/// What every key begins with: by it, one that leaked is found in what was never meant to hold it.
pub const PREFIX: &str = "rk_";
/// Characters by which keys are told apart: the prefix, and 36 of the 256 random bits.
const START: usize = PREFIX.len() + 6;

/// A key that was just made.
pub struct Given {
    pub id: Uuid,
    pub organisation: Uuid,
    /// The key itself, which is nowhere else.
    pub key: String,
}

/// The settings that keys go by, at an instant: days that a new one is good for, and that a replaced one stays good for.
///
/// # Errors
/// When the database is away.
pub async fn days(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(i32, i32), AppError> {
    let row = sqlx::query!(
        r#"SELECT setting('api_key_days', NULL, $1) AS "days!", setting('api_key_overlap_days', NULL, $1) AS "overlap!""#,
        now
    )
    .fetch_one(connection)
    .await?;
    Ok((row.days, row.overlap))
}

/// The keys of an organisation, newest first, from a place on; and where the next page goes on.
///
/// # Errors
/// When the database is away.
pub async fn list(
    connection: &mut PgConnection,
    organisation: Uuid,
    after: Option<Place<Uuid>>,
    now: OffsetDateTime,
) -> Result<(Vec<KeyLine>, Option<Place<Uuid>>), AppError> {
    let mut rows = sqlx::query!(
        r#"SELECT k.id, k.label, k.start, k.scopes, k.given_at, k.expires_at, k.revoked_at, k.last_used_on,
             EXISTS (SELECT FROM api_keys later WHERE later.replaces = k.id) AS "replaced!"
           FROM api_keys k
           WHERE k.organisation_id = $1 AND ($2::timestamptz IS NULL OR (k.given_at, k.id) < ($2, $3::uuid))
           ORDER BY k.given_at DESC, k.id DESC LIMIT $4"#,
        organisation,
        after.map(|place| place.at),
        after.map(|place| place.id),
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.given_at, id: last.id });
    let lines = rows
        .into_iter()
        .map(|row| KeyLine {
            id: row.id,
            label: row.label,
            start: row.start,
            scopes: row.scopes.iter().filter_map(|code| Scope::from_code(code)).collect(),
            standing: KeyStanding::at(row.revoked_at.is_some(), row.replaced, row.expires_at, now),
            given_at: row.given_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            last_used_on: row.last_used_on,
        })
        .collect();
    Ok((lines, next))
}

/// Gives an organisation a key.
///
/// # Errors
/// [`AppError::NotFound`] for no organisation; [`Problem::NoLongerPossible`] for one that is not approved, and when who gives
/// it is an administrator no more.
pub async fn give(
    connection: &mut PgConnection,
    organisation: Uuid,
    label: &str,
    scopes: &[Scope],
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Given, AppError> {
    sqlx::query_scalar!("SELECT id FROM organisations WHERE id = $1", organisation).fetch_one(&mut *connection).await?;
    let codes: Vec<String> = scopes.iter().map(|scope| scope.code().to_owned()).collect();
    let given = insert(connection, (organisation, label, &codes), None, by, now).await?;
    note(connection, by, "api_key_given", &given, now).await?;
    Ok(given)
}

/// Gives a key like another, which then stays good for the days that the setting says and no longer.
///
/// # Errors
/// [`AppError::NotFound`] for no key; [`Problem::NoLongerPossible`] for one that is over or has a follower; as [`give`].
pub async fn rotate(
    connection: &mut PgConnection,
    key: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Given, AppError> {
    let row = sqlx::query!("SELECT organisation_id, label, scopes FROM api_keys WHERE id = $1", key)
        .fetch_one(&mut *connection)
        .await?;
    let given = insert(connection, (row.organisation_id, &row.label, &row.scopes), Some(key), by, now).await?;
    note(connection, by, "api_key_rotated", &given, now).await?;
    Ok(given)
}

async fn insert(
    connection: &mut PgConnection,
    (organisation, label, scopes): (Uuid, &str, &[String]),
    replaces: Option<Uuid>,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Given, AppError> {
    let (days, _) = days(&mut *connection, now).await?;
    let key = format!("{PREFIX}{}", random_token().0);
    let id = sqlx::query_scalar!(
        "INSERT INTO api_keys (organisation_id, label, start, hash, scopes, given_by, given_at, expires_at, replaces)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        organisation,
        label,
        &key[..START],
        token_hash(&key),
        scopes,
        by,
        now,
        now + Duration::days(days.into()),
        replaces
    )
    .fetch_one(connection)
    .await
    .on_constraint(&REFUSALS)?;
    Ok(Given { id, organisation, key })
}

/// Takes a key at once. The organisation whose it was.
///
/// # Errors
/// [`AppError::NotFound`] for no key; [`Problem::NoLongerPossible`] for one that was taken before, and when who takes it is an
/// administrator no more.
pub async fn revoke(connection: &mut PgConnection, key: Uuid, by: Uuid, now: OffsetDateTime) -> Result<Uuid, AppError> {
    let organisation = sqlx::query_scalar!("SELECT organisation_id FROM api_keys WHERE id = $1", key)
        .fetch_one(&mut *connection)
        .await?;
    let revoked = sqlx::query!(
        "UPDATE api_keys SET revoked_at = $3, revoked_by = $2 WHERE id = $1 AND revoked_at IS NULL",
        key,
        by,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&REFUSALS)?;
    if revoked.rows_affected() == 0 {
        return Problem::NoLongerPossible.refused();
    }
    let id = key.to_string();
    audit::note(connection, by, Role::Administrator, "api_key_revoked", Some(organisation), Some(&id), now).await?;
    Ok(organisation)
}

async fn note(
    connection: &mut PgConnection,
    by: Uuid,
    action: &str,
    given: &Given,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let id = given.id.to_string();
    audit::note(connection, by, Role::Administrator, action, Some(given.organisation), Some(&id), now).await
}
