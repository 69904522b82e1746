//! Counted limits, kept in Postgres so that every instance counts together.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::error::AppError;

/// At most `most` acts by one actor in each fixed window.
pub struct Limit {
    pub act: &'static str,
    pub most: i32,
    pub window: Duration,
}

impl Limit {
    /// Counts one act of `who` (a keyed hash), unless that is over the limit.
    ///
    /// # Errors
    /// [`AppError::TooMany`] with the seconds left in the window.
    pub async fn count(&self, connection: &mut PgConnection, who: &[u8], now: OffsetDateTime) -> Result<(), AppError> {
        let window = self.window.whole_seconds().max(1);
        let start = now.unix_timestamp() - now.unix_timestamp().rem_euclid(window);
        let start = OffsetDateTime::from_unix_timestamp(start).unwrap_or(now);
        // One guarded statement: two racing acts cannot both be the last permitted one.
        let counted = sqlx::query_scalar!(
            "INSERT INTO rate_counters AS c (act, who, window_start, count) VALUES ($1, $2, $3, 1)
             ON CONFLICT (act, who, window_start) DO UPDATE SET count = c.count + 1 WHERE c.count < $4
             RETURNING count",
            self.act,
            who,
            start,
            self.most
        )
        .fetch_optional(connection)
        .await?;
        match counted {
            Some(_) => Ok(()),
            None => Err(AppError::TooMany {
                retry_after: u32::try_from((start + self.window - now).whole_seconds().max(1)).unwrap_or(60),
            }),
        }
    }
}

/// Longer than any window: counts older than this limit nobody.
const KEPT: Duration = Duration::days(2);

/// Drops counts of windows that are over.
///
/// # Errors
/// When the database is away.
pub async fn sweep(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM rate_counters WHERE window_start < $1", now - KEPT).execute(connection).await?;
    Ok(())
}
