//! Programs, as they are known by their keys.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::calendar::riyadh_day;
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
}

/// Whose a key is, while it is good and its organisation approved. That it was used is noted once a day.
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
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let today = riyadh_day(now);
    if row.last_used_on.is_none_or(|day| day < today) {
        // Guarded: of two at once around midnight, the later day stays.
        sqlx::query!(
            "UPDATE api_keys SET last_used_on = $2 WHERE id = $1 AND (last_used_on IS NULL OR last_used_on < $2)",
            row.id,
            today
        )
        .execute(connection)
        .await?;
    }
    let scopes = row.scopes.iter().map(|code| Scope::from_code(code).ok_or_else(|| internal(&"unknown scope")));
    Ok(Some(Program { key: row.id, organisation: row.organisation_id, scopes: scopes.collect::<Result<_, _>>()? }))
}
