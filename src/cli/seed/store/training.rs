//! Programmes, sessions, enrolments and tests of the demonstration set.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::cli::seed::data;
use crate::error::AppError;

/// A topic of the question banks.
pub async fn insert_topic(connection: &mut PgConnection, topic: &data::Topic) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO topics (code, name_ar, name_en, reading_ar, reading_en) VALUES ($1, $2, $3, $4, $5)",
        topic.code,
        topic.ar,
        topic.en,
        topic.read_ar,
        topic.read_en
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A question with its options.
pub async fn insert_question(connection: &mut PgConnection, question: &data::Question) -> Result<(), AppError> {
    let ar: Vec<String> = question.options.iter().map(|option| option.ar.clone()).collect();
    let en: Vec<String> = question.options.iter().map(|option| option.en.clone()).collect();
    let correct: Vec<bool> = question.options.iter().map(|option| option.correct).collect();
    sqlx::query!(
        "WITH question AS (
             INSERT INTO questions (kind, topic, stem_ar, stem_en) VALUES ($1, $2, $3, $4) RETURNING id
         )
         INSERT INTO question_options (question_id, text_ar, text_en, correct)
         SELECT question.id, o.ar, o.en, o.correct
         FROM question, unnest($5::text[], $6::text[], $7::boolean[]) AS o(ar, en, correct)",
        question.kind,
        question.topic,
        question.ar,
        question.en,
        &ar,
        &en,
        &correct
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A programme.
pub async fn insert_programme(connection: &mut PgConnection, programme: &data::Programme) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO programmes (code, kind, title_ar, title_en, summary_ar, summary_en, hours)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        programme.code,
        programme.kind,
        programme.title_ar,
        programme.title_en,
        programme.summary_ar,
        programme.summary_en,
        programme.hours
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// A session that can be enrolled in until `enrol_by`.
pub async fn insert_session(
    connection: &mut PgConnection,
    session: &data::Session,
    programme: Uuid,
    trainer: Uuid,
    starts_at: OffsetDateTime,
    enrol_by: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO training_sessions (programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at,
             enrol_by, trainer_id, seats)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
        programme,
        session.mode,
        session.region,
        session.city,
        session.venue_ar,
        session.venue_en,
        starts_at,
        starts_at + Duration::hours(session.duration_hours),
        enrol_by,
        trainer,
        session.seats
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// An enrolment in its first state, `enrolled` or `waitlisted`.
pub async fn insert_enrolment(
    connection: &mut PgConnection,
    session: Uuid,
    person: Uuid,
    state: &str,
    at: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
         SELECT id, programme_id, $2, $3, $4 FROM training_sessions WHERE id = $1 RETURNING id",
        session,
        person,
        state,
        at
    )
    .fetch_one(connection)
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
             WHERE e.id = $2 AND q.retired_at IS NULL
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
