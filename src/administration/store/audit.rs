//! Entries of the audit log that the desk writes, and those that every reading of personal data writes, whoever reads.
//! Each is one statement: a reading needs no transaction.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::access::Role;
use crate::administration::model::Reading;
use crate::calendar::{RIYADH, riyadh_day};
use crate::error::AppError;

/// Notes what somebody did in a role. `detail` is a code or an id.
///
/// # Errors
/// When the database is away.
pub async fn note(
    connection: &mut PgConnection,
    actor: Uuid,
    role: Role,
    action: &str,
    subject: Option<Uuid>,
    detail: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, actor_role, action, subject_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6)",
        now,
        actor,
        role.code(),
        action,
        subject,
        detail
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that an officer read somebody's record. Called before the record is handed out: what cannot be noted is not read.
///
/// # Errors
/// When the database is away.
pub async fn reading(
    connection: &mut PgConnection,
    actor: Uuid,
    reading: Reading,
    subjects: &[Uuid],
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, actor_role, action, subject_id)
         SELECT $1, $2, $3, $4, subject FROM unnest($5::uuid[]) subject",
        now,
        actor,
        reading.role().code(),
        reading.code(),
        subjects
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a trainer read the roster of a session or its report, once a day for each person on it: who came onto it since
/// is noted then.
///
/// # Errors
/// When the database is away.
pub async fn roster(
    connection: &mut PgConnection,
    trainer: Uuid,
    reading: Reading,
    session: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, actor_role, action, subject_id, detail)
         SELECT DISTINCT $1::timestamptz, $2::uuid, $3::text, $4::text, e.person_id, e.session_id::text
         FROM enrolments e
         WHERE e.session_id = $5 AND e.state IN ('enrolled', 'attended', 'absent', 'passed', 'failed')
           AND NOT EXISTS (SELECT FROM audit_entries a
               WHERE a.subject_id = e.person_id AND a.at >= $6 AND a.actor_id = $2 AND a.action = $4
                 AND a.detail = e.session_id::text)",
        now,
        trainer,
        reading.role().code(),
        reading.code(),
        session,
        riyadh_day(now).midnight().assume_offset(RIYADH)
    )
    .execute(connection)
    .await?;
    Ok(())
}
