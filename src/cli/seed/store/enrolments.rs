//! Enrolments and tests of the demonstration set.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::error::AppError;

/// An enrolment in its first state, `enrolled` or `waitlisted`; `None` for who is in the programme already.
pub async fn insert_enrolment(
    connection: &mut PgConnection,
    session: Uuid,
    person: Uuid,
    state: &str,
    at: OffsetDateTime,
) -> Result<Option<Uuid>, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
         SELECT id, programme_id, $2, $3, $4 FROM training_sessions WHERE id = $1
         ON CONFLICT (person_id, programme_id) WHERE state IN ('waitlisted', 'offered', 'enrolled', 'attended') DO NOTHING
         RETURNING id",
        session,
        person,
        state,
        at
    )
    .fetch_optional(connection)
    .await?;
    Ok(id)
}

/// The next state of an enrolment.
pub async fn move_enrolment(connection: &mut PgConnection, enrolment: Uuid, state: &str) -> Result<(), AppError> {
    sqlx::query!("UPDATE enrolments SET state = $2 WHERE id = $1", enrolment, state).execute(connection).await?;
    Ok(())
}

/// A seat offered to who waits.
pub async fn offer(connection: &mut PgConnection, enrolment: Uuid, until: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("UPDATE enrolments SET state = 'offered', offered_until = $2 WHERE id = $1", enrolment, until)
        .execute(connection)
        .await?;
    Ok(())
}

/// Presence or absence, marked by the session's trainer.
pub async fn mark_attendance(
    connection: &mut PgConnection,
    enrolment: Uuid,
    state: &str,
    trainer: Uuid,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "UPDATE enrolments SET state = $2, attendance_by = $3, attendance_at = $4 WHERE id = $1",
        enrolment,
        state,
        trainer,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes the absence of those people whom the trainer left unmarked in sessions of a programme that have ended.
pub async fn mark_left_over(
    connection: &mut PgConnection,
    programme: &str,
    trainer: Uuid,
    people: &[Uuid],
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "UPDATE enrolments e SET state = 'absent', attendance_by = s.trainer_id, attendance_at = s.ends_at
         FROM training_sessions s JOIN programmes g ON g.id = s.programme_id
         WHERE s.id = e.session_id AND g.code = $1 AND s.trainer_id = $2 AND s.ends_at <= $4
           AND e.person_id = ANY ($3) AND e.state = 'enrolled'",
        programme,
        trainer,
        people,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A whole sitting of the test, by the rules in force at its start: ten questions or as many as the rules say, the first
/// `right` of them answered rightly. The database grades it.
pub async fn sit_test(
    connection: &mut PgConnection,
    enrolment: Uuid,
    ordinal: i16,
    right: i16,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    let attempt = sqlx::query_scalar!(
        "INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
         SELECT e.id, e.person_id, $2, setting('pass_mark_percent', g.kind, $3)::smallint, $3,
             $3::timestamptz + setting('test_minutes', g.kind, $3) * interval '1 minute', 'open'
         FROM enrolments e JOIN programmes g ON g.id = e.programme_id WHERE e.id = $1 RETURNING id",
        enrolment,
        ordinal,
        at
    )
    .fetch_one(&mut *connection)
    .await?;
    // Ordered by a hash of the attempt's id, so that each sitting draws others.
    sqlx::query!(
        "INSERT INTO attempt_questions (attempt_id, position, question_id, option_order)
         SELECT $1, row_number() OVER (ORDER BY drawn.place), drawn.id,
             ARRAY(SELECT o.id FROM question_options o WHERE o.question_id = drawn.id ORDER BY md5(o.id::text || $1::uuid::text))
         FROM (
             SELECT q.id, md5(q.id::text || $1::uuid::text) AS place FROM questions q
             JOIN programmes g ON g.kind = q.kind JOIN enrolments e ON e.programme_id = g.id
             WHERE e.id = $2 AND q.module_id IS NULL AND q.retired_at IS NULL
             ORDER BY place
             LIMIT (SELECT setting('test_questions', g.kind, $3) FROM enrolments e
                 JOIN programmes g ON g.id = e.programme_id WHERE e.id = $2)
         ) AS drawn",
        attempt,
        enrolment,
        at
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "INSERT INTO attempt_answers (attempt_id, question_id, option_id, saved_at)
         SELECT q.attempt_id, q.question_id, o.id, $3::timestamptz + q.position * interval '70 seconds'
         FROM attempt_questions q
         CROSS JOIN LATERAL (
             SELECT o.id FROM question_options o
             WHERE o.question_id = q.question_id AND o.correct = (q.position <= $2) ORDER BY o.id LIMIT 1
         ) AS o
         WHERE q.attempt_id = $1",
        attempt,
        right,
        at
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("UPDATE attempts SET finished_at = $2 WHERE id = $1", attempt, at + Duration::minutes(14))
        .execute(connection)
        .await?;
    Ok(())
}
