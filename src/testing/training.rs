//! Programmes, sessions and enrolments for tests.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::TestApp;

impl TestApp {
    /// A programme of a licence kind, by the kind's code.
    pub async fn programme(&self, kind: &str) -> Uuid {
        sqlx::query_scalar(
            "INSERT INTO programmes (code, kind, title_ar, title_en, summary_ar, summary_en, hours)
             VALUES (gen_random_uuid()::text, $1, 'برنامج', 'Programme', 'وصف', 'Summary', 6) RETURNING id",
        )
        .bind(kind)
        .fetch_one(&self.pool)
        .await
        .unwrap()
    }

    /// An in-person session in Riyadh that starts in ten days.
    pub async fn session(&self, programme: Uuid, seats: i32, trainer: Uuid) -> Uuid {
        self.session_at(programme, seats, trainer, "in_person", self.clock.now() + Duration::days(10)).await
    }

    /// A session of this mode (`in_person` or `online`) that starts then and lasts six hours.
    pub async fn session_at(
        &self,
        programme: Uuid,
        seats: i32,
        trainer: Uuid,
        mode: &str,
        starts_at: OffsetDateTime,
    ) -> Uuid {
        sqlx::query_scalar(
            "INSERT INTO training_sessions (programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at,
                 enrol_by, trainer_id, seats)
             VALUES ($1, $2, 'riyadh', 'riyadh', 'قاعة', 'Hall', $3, $4, $5, $6, $7) RETURNING id",
        )
        .bind(programme)
        .bind(mode)
        .bind(starts_at)
        .bind(starts_at + Duration::hours(6))
        .bind(starts_at - Duration::days(1))
        .bind(trainer)
        .bind(seats)
        .fetch_one(&self.pool)
        .await
        .unwrap()
    }

    /// An enrolment whose holder attended, marked by the session's trainer.
    pub async fn attended(&self, session: Uuid, person: Uuid) -> Uuid {
        let enrolment: Uuid = sqlx::query_scalar(
            "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
             SELECT id, programme_id, $2, 'enrolled', $3 FROM training_sessions WHERE id = $1 RETURNING id",
        )
        .bind(session)
        .bind(person)
        .bind(self.clock.now())
        .fetch_one(&self.pool)
        .await
        .unwrap();
        sqlx::query(
            "UPDATE enrolments SET state = 'attended', attendance_at = $2,
                 attendance_by = (SELECT trainer_id FROM training_sessions WHERE id = session_id)
             WHERE id = $1",
        )
        .bind(enrolment)
        .bind(self.clock.now())
        .execute(&self.pool)
        .await
        .unwrap();
        enrolment
    }

    /// An enrolment passed by a test of one question, answered right.
    pub async fn passed(&self, session: Uuid, person: Uuid) -> Uuid {
        let enrolment = self.attended(session, person).await;
        sqlx::query(
            "WITH topic AS (INSERT INTO topics VALUES ('fixture', 'أ', 'A', 'ب', 'B') ON CONFLICT DO NOTHING)
             SELECT",
        )
        .execute(&self.pool)
        .await
        .unwrap();
        sqlx::query(
            "WITH question AS (
                 INSERT INTO questions (kind, topic, stem_ar, stem_en)
                 SELECT g.kind, 'fixture', 'س', 'Q' FROM enrolments e JOIN programmes g ON g.id = e.programme_id
                 WHERE e.id = $1 RETURNING id
             ), answer AS (
                 INSERT INTO question_options (question_id, text_ar, text_en, correct)
                 SELECT id, 'ج', 'A', true FROM question RETURNING id, question_id
             ), attempt AS (
                 INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
                 VALUES ($1, $2, 1, 70, $3, $3 + interval '30 minutes', 'open') RETURNING id
             ), asked AS (
                 INSERT INTO attempt_questions (attempt_id, position, question_id, option_order)
                 SELECT attempt.id, 1, answer.question_id, ARRAY[answer.id] FROM attempt, answer
             )
             SELECT",
        )
        .bind(enrolment)
        .bind(person)
        .bind(self.clock.now())
        .execute(&self.pool)
        .await
        .unwrap();
        for statement in [
            "INSERT INTO attempt_answers (attempt_id, question_id, option_id, saved_at)
             SELECT q.attempt_id, q.question_id, q.option_order[1], a.started_at
             FROM attempt_questions q JOIN attempts a ON a.id = q.attempt_id WHERE a.enrolment_id = $1",
            "UPDATE attempts SET state = 'passed', finished_at = started_at WHERE enrolment_id = $1",
            "UPDATE enrolments SET state = 'passed' WHERE id = $1",
        ] {
            sqlx::query(statement).bind(enrolment).execute(&self.pool).await.unwrap();
        }
        enrolment
    }
}
