//! The keys that are published.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::error::AppError;
use crate::server::signing_keys::SigningKey;
use crate::signing::model::{Jwk, Jwks};

/// How a key stands after it was to be published.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    Published,
    Retired,
    /// Another key of its year is published.
    Another,
}

/// Publishes a key, if it is not yet. Of two different keys of one year, the first stays.
///
/// # Errors
/// When the database is away.
pub async fn publish(
    connection: &mut PgConnection,
    key: &SigningKey,
    now: OffsetDateTime,
) -> Result<Standing, AppError> {
    let (kid, public) = (key.id(), key.public());
    sqlx::query!(
        "INSERT INTO signing_keys (kid, year, public_key, published_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        kid,
        key.year,
        &public,
        now
    )
    .execute(&mut *connection)
    .await?;
    let found = sqlx::query!(
        r#"SELECT retired_at IS NOT NULL AS "retired!" FROM signing_keys
         WHERE kid = $1 AND public_key = $2 AND year = $3"#,
        kid,
        &public,
        key.year
    )
    .fetch_optional(connection)
    .await?;
    Ok(match found {
        None => Standing::Another,
        Some(row) if row.retired => Standing::Retired,
        Some(_) => Standing::Published,
    })
}

/// Whether what a key signs now counts, or will as soon as it is published: it was not retired, and no other key is published
/// of its year.
///
/// # Errors
/// When the database is away.
pub async fn counts(connection: &mut PgConnection, key: &SigningKey) -> Result<bool, AppError> {
    let (kid, public) = (key.id(), key.public());
    let counts = sqlx::query_scalar!(
        r#"SELECT NOT EXISTS (
             SELECT FROM signing_keys
             WHERE kid = $1 AND (retired_at IS NOT NULL OR public_key <> $2)
                OR kid <> $1 AND year = $3 AND retired_at IS NULL) AS "counts!""#,
        kid,
        &public,
        key.year
    )
    .fetch_one(connection)
    .await?;
    Ok(counts)
}

/// The keys that signatures count of, the oldest first.
///
/// # Errors
/// When the database is away.
pub async fn published(connection: &mut PgConnection) -> Result<Vec<Jwk>, AppError> {
    let rows = sqlx::query!("SELECT kid, public_key FROM signing_keys WHERE retired_at IS NULL ORDER BY year")
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| Jwk::new(row.kid, &row.public_key)).collect())
}

/// Every key that ever signed, the retired too: whether somebody else may have signed with one is another question.
///
/// # Errors
/// When the database is away.
pub async fn ever_published(connection: &mut PgConnection) -> Result<Jwks, AppError> {
    let rows = sqlx::query!("SELECT kid, public_key FROM signing_keys ORDER BY published_at").fetch_all(connection);
    Ok(Jwks { keys: rows.await?.into_iter().map(|row| Jwk::new(row.kid, &row.public_key)).collect() })
}

/// Retires a key, as when its private half has come into other hands: nothing that it signed counts any more. Another of
/// its year may then be published. Whether there was such a key that was not yet retired.
///
/// # Errors
/// When the database is away.
pub async fn retire(connection: &mut PgConnection, kid: &str, now: OffsetDateTime) -> Result<bool, AppError> {
    let retired =
        sqlx::query!("UPDATE signing_keys SET retired_at = $2 WHERE kid = $1 AND retired_at IS NULL", kid, now)
            .execute(connection)
            .await?
            .rows_affected();
    Ok(retired == 1)
}

/// Retires the keys of earlier years of which every licence that they may have signed has ended.
///
/// # Errors
/// When the database is away.
pub async fn retire_unneeded(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("UPDATE signing_keys k SET retired_at = $1 WHERE retired_at IS NULL AND NOT still_needed(k, $1)", now)
        .execute(connection)
        .await?;
    Ok(())
}
