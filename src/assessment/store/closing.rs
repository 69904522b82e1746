//! Ending an attempt: handed in, or out of time. The database counts; nothing here knows what is right.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::held;
use crate::error::AppError;

/// An attempt to close.
pub struct Due {
    pub id: Uuid,
    pub enrolment: Uuid,
}

/// Open attempts whose time is over, of one person or of all, the longest overdue first; a hundred at most.
///
/// # Errors
/// When the database is away.
pub async fn overdue(
    connection: &mut PgConnection,
    person: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<Vec<Due>, AppError> {
    Ok(sqlx::query_as!(
        Due,
        "SELECT id, enrolment_id AS enrolment FROM attempts
         WHERE state = 'open' AND deadline_at < $1 AND ($2::uuid IS NULL OR person_id = $2)
         ORDER BY deadline_at LIMIT 100",
        now,
        person
    )
    .fetch_all(connection)
    .await?)
}

/// Ends an attempt now, or at its deadline if that has passed, and lets the enrolment follow: passed, or failed when
/// no attempt is left. Ending an ended one changes nothing.
///
/// # Errors
/// When the database is away.
pub async fn close(connection: &mut PgConnection, attempt: Due, now: OffsetDateTime) -> Result<(), AppError> {
    held::lock(connection, attempt.enrolment).await?;
    let ended = sqlx::query_scalar!(
        "UPDATE attempts SET finished_at = least($2, deadline_at) WHERE id = $1 AND state = 'open' RETURNING state",
        attempt.id,
        now
    )
    .fetch_optional(&mut *connection)
    .await?;
    match ended.as_deref() {
        Some("passed") => {
            sqlx::query!(
                "UPDATE enrolments SET state = 'passed' WHERE id = $1 AND state = 'attended'",
                attempt.enrolment
            )
            .execute(connection)
            .await?;
        }
        Some(_) => {
            sqlx::query!(
                "UPDATE enrolments e SET state = 'failed' FROM programmes g
                 WHERE e.id = $1 AND g.id = e.programme_id AND e.state = 'attended'
                   AND (SELECT count(*) FROM attempts WHERE enrolment_id = e.id) >= setting('test_attempts', g.kind, $2)",
                attempt.enrolment,
                now
            )
            .execute(connection)
            .await?;
        }
        None => {}
    }
    Ok(())
}
