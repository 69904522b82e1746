//! The test against a real database.

mod attempts;
mod results;
mod rights;
mod scores;
mod sequences;

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::Role;
use crate::testing::TestApp;

/// Text that stands only where nobody sitting a test may see it.
const CANARY: &str = "CANARY-READING";

/// Somebody who attended a practitioner session, and a bank of questions.
struct Hall {
    app: TestApp,
    person: Uuid,
    enrolment: String,
    cookie: String,
}

impl Hall {
    /// Twelve questions in two topics, ten of them asked.
    async fn new() -> Self {
        Self::with_questions(12).await
    }

    async fn with_questions(count: i32) -> Self {
        let app = TestApp::start().await;
        bank(&app, "practitioner", count).await;
        let trainer = app.staff(Role::Trainer).await;
        let programme = app.programme("practitioner").await;
        let session = app.session(programme, 10, trainer).await;
        let person = app.person().await;
        let enrolment = app.attended(session, person).await.to_string();
        let cookie = app.sign_in(person).await;
        Self { app, person, enrolment, cookie }
    }

    async fn start(&self) -> (StatusCode, Value) {
        self.app.post("assessment/start", Some(&self.cookie), &[("enrolment", &self.enrolment)]).await
    }

    async fn answer(&self, attempt: i16, position: i16, option: Uuid) -> (StatusCode, Value) {
        let (attempt, position, option) = (attempt.to_string(), position.to_string(), option.to_string());
        let fields =
            [("enrolment", &*self.enrolment), ("attempt", &*attempt), ("position", &*position), ("option", &*option)];
        self.app.post("assessment/answer", Some(&self.cookie), &fields).await
    }

    async fn finish(&self, attempt: i16) -> (StatusCode, Value) {
        let attempt = attempt.to_string();
        let fields = [("enrolment", &*self.enrolment), ("attempt", &*attempt)];
        self.app.post("assessment/finish", Some(&self.cookie), &fields).await
    }

    /// Reads a function of the test.
    async fn read(&self, endpoint: &str, more: &str) -> (StatusCode, Value) {
        let path = format!("/api/assessment/{endpoint}?enrolment={}{more}", self.enrolment);
        let (status, body) = self.app.get(&path, Some(&self.cookie)).await;
        (status, serde_json::from_str(&body).unwrap_or(Value::String(body)))
    }

    /// The options of the latest attempt's questions in order, the right one of each first.
    async fn key(&self) -> Vec<Vec<Uuid>> {
        sqlx::query_scalar(
            "SELECT array_agg(o.id ORDER BY o.correct DESC)
             FROM attempt_questions q JOIN question_options o USING (question_id)
             WHERE q.attempt_id = (SELECT id FROM attempts WHERE enrolment_id = $1 ORDER BY ordinal DESC LIMIT 1)
             GROUP BY q.position ORDER BY q.position",
        )
        .bind(Uuid::parse_str(&self.enrolment).unwrap())
        .fetch_all(&self.app.pool)
        .await
        .unwrap()
    }

    /// Answers the first questions of an open attempt right, the others wrong.
    async fn answer_right(&self, attempt: i16, right: usize) {
        for (index, options) in self.key().await.iter().enumerate() {
            let option = if index < right { options[0] } else { options[1] };
            let position = i16::try_from(index + 1).unwrap();
            assert_eq!(self.answer(attempt, position, option).await.0, StatusCode::OK);
        }
    }

    async fn enrolment_state(&self) -> String {
        sqlx::query_scalar("SELECT state FROM enrolments WHERE id = $1")
            .bind(Uuid::parse_str(&self.enrolment).unwrap())
            .fetch_one(&self.app.pool)
            .await
            .unwrap()
    }

    /// Ordinal, state and right answers of every attempt.
    async fn attempts(&self) -> Vec<(i16, String, Option<i16>)> {
        sqlx::query_as("SELECT ordinal, state, right_answers FROM attempts WHERE enrolment_id = $1 ORDER BY ordinal")
            .bind(Uuid::parse_str(&self.enrolment).unwrap())
            .fetch_all(&self.app.pool)
            .await
            .unwrap()
    }
}

/// Questions of a kind, in two topics, with four options each.
pub async fn bank(app: &TestApp, kind: &str, count: i32) {
    sqlx::query(
        "INSERT INTO topics VALUES ('law', 'النظام', 'Law', $1, $1), ('safety', 'السلامة', 'Safety', $1, $1)
         ON CONFLICT DO NOTHING",
    )
    .bind(CANARY)
    .execute(&app.pool)
    .await
    .unwrap();
    sqlx::query(
        "WITH asked AS (
             INSERT INTO questions (kind, topic, stem_ar, stem_en)
             SELECT $1, CASE WHEN n % 2 = 0 THEN 'law' ELSE 'safety' END, 'سؤال ' || n, 'Question ' || n
             FROM generate_series(1, $2) n RETURNING id
         )
         INSERT INTO question_options (question_id, text_ar, text_en, correct)
         SELECT id, 'خيار ' || n, 'Option ' || n, n = 1 FROM asked, generate_series(1, 4) n",
    )
    .bind(kind)
    .bind(count)
    .execute(&app.pool)
    .await
    .unwrap();
}

/// What a refusal says.
fn refused(problem: &str) -> Value {
    json!({ "Refused": problem })
}
