//! Cancelling a session: every place in it ends, and everybody is told why and what they can do.

use std::collections::BTreeSet;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::audit;
use super::held::hold;
use crate::error::{AppError, Problem};
use crate::messages::store::notify;
use crate::programmes::model::CancelReason;
use crate::programmes::telling;
use crate::server::config::Config;

/// Cancels a session that has not started. Cancelling it again changes nothing and tells nobody.
///
/// # Errors
/// [`AppError::NotFound`]; [`Problem::SessionStarted`] once it has begun: what was held is not undone, and who did not
/// come is marked absent; [`Problem::AttendanceMarked`] when somebody's attendance is noted already.
pub async fn cancel(
    connection: &mut PgConnection,
    config: &Config,
    session: Uuid,
    (reason, text): (CancelReason, &str),
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let held = hold(connection, session).await?;
    if held.cancelled {
        return Ok(());
    }
    if held.starts_at <= now {
        return Problem::SessionStarted.refused();
    }
    let ended = sqlx::query!(
        "UPDATE enrolments SET state = 'cancelled' WHERE session_id = $1
           AND state IN ('waitlisted', 'offered', 'enrolled') RETURNING id, person_id",
        session
    )
    .fetch_all(&mut *connection)
    .await?;
    let left = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM enrolments WHERE session_id = $1 AND holds_seat(state)) AS "left!""#,
        session
    )
    .fetch_one(&mut *connection)
    .await?;
    if left {
        return Problem::AttendanceMarked.refused();
    }
    sqlx::query!("UPDATE training_sessions SET cancelled_at = $2 WHERE id = $1", session, now)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "INSERT INTO session_cancellations (session_id, reason, body, cancelled_by, cancelled_at)
         VALUES ($1, $2, $3, $4, $5)",
        session,
        reason.code(),
        text,
        by,
        now
    )
    .execute(&mut *connection)
    .await?;
    audit(connection, by, "session_cancelled", session, now).await?;
    let mut people = BTreeSet::from([held.trainer]);
    for row in ended {
        audit(connection, by, "enrolment_cancelled_with_session", row.id, now).await?;
        people.insert(row.person_id);
    }
    let body = telling::cancelled(&held, reason, text, &format!("{}/training", config.origin));
    for person in people {
        notify(connection, &config.keys, person, "session_cancelled", &body, now).await?;
    }
    Ok(())
}
