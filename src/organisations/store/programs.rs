//! Programs, as they are known by their keys.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::error::AppError;
use crate::organisations::model::Scope;
use crate::server::database::internal;
use crate::server::keys::token_hash;

/// A program that showed a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub key: Uuid,
    pub organisation: Uuid,
    pub scopes: Vec<Scope>,
    /// The last day, in Riyadh, that its use was noted for.
    pub last_used_on: Option<Date>,
}

/// Whose a key is, while it is good and its organisation approved. It only reads, so that programs that ask without end hold
/// up nobody who writes.
///
/// # Errors
/// When the database is away.
pub async fn program(
    connection: &mut PgConnection,
    key: &str,
    now: OffsetDateTime,
) -> Result<Option<Program>, AppError> {
    let row = sqlx::query!(
        "SELECT k.id, k.organisation_id, k.scopes, k.last_used_on
         FROM api_keys k JOIN organisations o ON o.id = k.organisation_id
         WHERE k.hash = $1 AND k.revoked_at IS NULL AND k.expires_at > $2 AND o.approved_at IS NOT NULL",
        token_hash(key),
        now
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let scopes = row.scopes.iter().map(|code| Scope::from_code(code).ok_or_else(|| internal(&"unknown scope")));
    Ok(Some(Program {
        key: row.id,
        organisation: row.organisation_id,
        scopes: scopes.collect::<Result<_, _>>()?,
        last_used_on: row.last_used_on,
    }))
}

/// Notes that a key was used on a day, in Riyadh.
///
/// # Errors
/// When the database is away.
pub async fn note_use(connection: &mut PgConnection, key: Uuid, today: Date) -> Result<(), AppError> {
    // Guarded: of two at once around midnight, the later day stays.
    sqlx::query!(
        "UPDATE api_keys SET last_used_on = $2 WHERE id = $1 AND (last_used_on IS NULL OR last_used_on < $2)",
        key,
        today
    )
    .execute(connection)
    .await?;
    Ok(())
}
