//! Whom the trainer never marked: absent once the days of a setting are over, and free to enrol again.

use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

use super::audit;
use crate::error::AppError;
use crate::messages::store::tell;
use crate::messages::templates::Telling;
use crate::server::config::Config;
use crate::server::database;

/// People in a transaction at most.
const BATCH: usize = 100;

/// Counts as absent, and tells, everybody whose trainer is waited for no longer. Several may do it at once.
///
/// # Errors
/// When the database is away.
pub async fn count_absent(pool: &PgPool, config: &Config, now: OffsetDateTime) -> Result<(), AppError> {
    loop {
        let mut tx = database::begin_as(pool, None).await?;
        let counted = count_batch(&mut tx, config, now).await?;
        tx.commit().await?;
        if counted < BATCH {
            return Ok(());
        }
    }
}

async fn count_batch(connection: &mut PgConnection, config: &Config, now: OffsetDateTime) -> Result<usize, AppError> {
    // Whom a trainer is marking at this moment is left to them.
    let absent = sqlx::query!(
        r#"UPDATE enrolments e SET state = 'absent', attendance_by = NULL, attendance_at = $1
           FROM programmes p
           WHERE p.id = e.programme_id AND e.id IN (
               SELECT u.id FROM enrolments u JOIN training_sessions s ON s.id = u.session_id
               WHERE u.state = 'enrolled' AND s.ends_at <= $1 AND s.cancelled_at IS NULL
                 AND attendance_due(s.id, $1) <= $1
               ORDER BY u.id LIMIT $2 FOR UPDATE OF u SKIP LOCKED)
           RETURNING e.id, e.person_id, p.title_ar, p.title_en"#,
        now,
        i64::try_from(BATCH).unwrap_or(i64::MAX)
    )
    .fetch_all(&mut *connection)
    .await?;
    let link = format!("{}/training", config.origin);
    for row in &absent {
        audit(connection, None, "unmarked_absent", row.id, now).await?;
        let telling = Telling::UnmarkedAbsent { title: (&row.title_ar, &row.title_en), link: &link };
        tell(connection, &config.keys, row.person_id, &telling, now).await?;
    }
    Ok(absent.len())
}
