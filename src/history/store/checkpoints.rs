//! Signed checkpoints.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::hash;
use crate::error::AppError;
use crate::history::model::{Checkpoint, Hash};

/// The newest checkpoint.
pub struct Newest {
    pub size: u64,
    pub root: Hash,
    pub signed_at: OffsetDateTime,
    /// As it was signed.
    pub note: String,
}

/// The newest checkpoint; `None` before the first.
///
/// # Errors
/// When the database is away.
pub async fn newest(connection: &mut PgConnection) -> Result<Option<Newest>, AppError> {
    let row = sqlx::query!("SELECT size, root, signed_at, note FROM log_checkpoints ORDER BY id DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    let newest = row.map(|row| {
        let size = row.size.cast_unsigned();
        Ok(Newest { size, root: hash(row.root)?, signed_at: row.signed_at, note: row.note })
    });
    newest.transpose()
}

/// Whether a note of this size is one that was kept as it was signed.
///
/// # Errors
/// When the database is away.
pub async fn holds(connection: &mut PgConnection, size: u64, note: &str) -> Result<bool, AppError> {
    let held = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM log_checkpoints WHERE size = $1 AND note = $2) AS "held!""#,
        size.cast_signed(),
        note
    );
    Ok(held.fetch_one(connection).await?)
}

/// How many leaves the log has now, and its root.
///
/// # Errors
/// When the database is away.
pub async fn now_stands(connection: &mut PgConnection) -> Result<(u64, Hash), AppError> {
    let row = sqlx::query!(
        r#"SELECT size AS "size!", log_root(size) AS "root!"
         FROM (SELECT coalesce(max(position) + 1, 0) AS size FROM log_leaves) log"#
    )
    .fetch_one(connection)
    .await?;
    Ok((row.size.cast_unsigned(), hash(row.root)?))
}

/// Keeps a checkpoint with its signed note.
///
/// # Errors
/// When the database is away, or refuses what is not the log's root, or the same again within the hour.
pub async fn add_checkpoint(
    connection: &mut PgConnection,
    checkpoint: &Checkpoint,
    note: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO log_checkpoints (size, root, signed_at, note) VALUES ($1, $2, $3, $4)",
        checkpoint.size.cast_signed(),
        &checkpoint.root,
        checkpoint.at,
        note
    )
    .execute(connection)
    .await?;
    Ok(())
}
