//! Ending an attempt: handed in, or out of time. The database counts; nothing here knows what is right.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::held::Held;
use super::subject::Subject;
use crate::error::AppError;
use crate::server::database;

/// An attempt to close.
pub struct Due {
    pub id: Uuid,
    pub subject: Subject,
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
    let rows = sqlx::query!(
        "SELECT id, enrolment_id, renews FROM attempts
         WHERE state = 'open' AND deadline_at < $1 AND ($2::uuid IS NULL OR person_id = $2)
         ORDER BY deadline_at LIMIT 100",
        now,
        person
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let subject = row.enrolment_id.map(Subject::Enrolment).or(row.renews.map(Subject::Renewal))?;
            Some(Due { id: row.id, subject })
        })
        .collect())
}

/// Ends an attempt now, or at its deadline if that has passed, and lets the enrolment follow: passed, or failed when
/// no attempt is left; nothing follows for a licence. Ending an ended one changes nothing.
///
/// # Errors
/// When the database is away.
pub async fn close(connection: &mut PgConnection, attempt: Due, now: OffsetDateTime) -> Result<(), AppError> {
    attempt.subject.lock(connection).await?;
    let ended = sqlx::query_scalar!(
        "UPDATE attempts SET finished_at = least($2, deadline_at) WHERE id = $1 AND state = 'open' RETURNING state",
        attempt.id,
        now
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Subject::Enrolment(enrolment) = attempt.subject else { return Ok(()) };
    match ended.as_deref() {
        Some("passed") => {
            sqlx::query!("UPDATE enrolments SET state = 'passed' WHERE id = $1 AND state = 'attended'", enrolment)
                .execute(connection)
                .await?;
        }
        Some(_) => fail_without_attempts(connection, enrolment, now).await?,
        None => {}
    }
    Ok(())
}

/// Lets an enrolment fail of which no attempt is left. Called with its row locked.
async fn fail_without_attempts(
    connection: &mut PgConnection,
    enrolment: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "UPDATE enrolments e SET state = 'failed' FROM programmes g
         WHERE e.id = $1 AND g.id = e.programme_id AND e.state = 'attended'
           AND NOT EXISTS (SELECT FROM attempts WHERE enrolment_id = e.id AND state = 'open')
           AND (SELECT count(*) FROM attempts WHERE enrolment_id = e.id) >= setting('test_attempts', g.kind, $2)",
        enrolment,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends what waits in vain: an enrolment that had an attempt left until fewer were given to everybody. Its person may
/// enrol again.
///
/// # Errors
/// When the database is away.
pub async fn end_without_attempts(
    connection: &mut PgConnection,
    held: &Held,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let Subject::Enrolment(enrolment) = held.subject else { return Ok(()) };
    let mut tx = database::begin_on(connection, Some(held.person)).await?;
    held.subject.lock(&mut tx).await?;
    fail_without_attempts(&mut tx, enrolment, now).await?;
    tx.commit().await?;
    Ok(())
}
