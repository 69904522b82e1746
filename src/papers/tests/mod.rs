//! In-person results against a real database: by the way of the desks, and by hand.

mod deciding;
mod gone;
mod lists;
mod pages;
mod races;
mod recording;
mod rules;
mod sequences;
mod ties;

use axum::http::StatusCode;
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use crate::access::Role;
use crate::assessment::tests::bank;
use crate::papers::model::right_field;
use crate::testing::TestApp;

/// Somebody who attended an in-person session, its trainer, and an administrator; and a bank for the test online.
struct Hall {
    app: TestApp,
    session: Uuid,
    trainer: Uuid,
    officer: Uuid,
    person: Uuid,
    enrolment: Uuid,
    /// Cookies of the three.
    trainers: String,
    officers: String,
    persons: String,
}

impl Hall {
    async fn new() -> Self {
        let app = TestApp::start().await;
        bank(&app, "practitioner", 12).await;
        Self::within(app).await
    }

    async fn within(app: TestApp) -> Self {
        let (trainer, officer) = (app.staff(Role::Trainer).await, app.staff(Role::Administrator).await);
        let session = app.session(app.programme("practitioner").await, 250, trainer).await;
        let person = app.person().await;
        let enrolment = app.attended(session, person).await;
        let (trainers, officers) = (app.sign_in(trainer).await, app.sign_in(officer).await);
        let persons = app.sign_in(person).await;
        Self { app, session, trainer, officer, person, enrolment, trainers, officers, persons }
    }

    /// Another who attended, in place of the one before; signed in.
    async fn next(&mut self) {
        self.person = self.app.person().await;
        self.enrolment = self.app.attended(self.session, self.person).await;
        self.persons = self.app.sign_in(self.person).await;
    }

    /// Records so many right answers of twenty, as the session's trainer.
    async fn record(&self, right: &str) -> (StatusCode, Value) {
        self.record_as(&self.trainers, "20", &[(self.enrolment, right)]).await
    }

    async fn record_as(&self, cookie: &str, asked: &str, right: &[(Uuid, &str)]) -> (StatusCode, Value) {
        let session = self.session.to_string();
        let named: Vec<(String, &str)> = right.iter().map(|(id, right)| (right_field(*id), *right)).collect();
        let mut fields = vec![("session", session.as_str()), ("asked", asked)];
        fields.extend(named.iter().map(|(name, right)| (name.as_str(), *right)));
        self.app.post("papers/record", Some(cookie), &fields).await
    }

    /// Records through the desk, and returns the sheet that waits then.
    async fn waiting(&self, right: &str) -> Uuid {
        assert_eq!(self.record(right).await.0, StatusCode::OK);
        sqlx::query_scalar("SELECT id FROM paper_results WHERE enrolment_id = $1 AND state = 'waiting'")
            .bind(self.enrolment)
            .fetch_one(&self.app.pool)
            .await
            .unwrap()
    }

    /// Confirms or declines, as `papers/confirm` and `papers/decline`.
    async fn decide(&self, endpoint: &str, cookie: &str, sheet: Uuid) -> (StatusCode, Value) {
        let sheet = sheet.to_string();
        self.app.post(endpoint, Some(cookie), &[("sheet", &sheet)]).await
    }

    async fn confirm(&self, sheet: Uuid) -> (StatusCode, Value) {
        self.decide("papers/confirm", &self.officers, sheet).await
    }

    async fn withdraw(&self, cookie: &str, sheet: Uuid) -> (StatusCode, Value) {
        let (session, sheet) = (self.session.to_string(), sheet.to_string());
        self.app.post("papers/withdraw", Some(cookie), &[("session", &session), ("sheet", &sheet)]).await
    }

    /// Begins the test online.
    async fn start(&self) -> (StatusCode, Value) {
        let enrolment = self.enrolment.to_string();
        self.app.post("assessment/start", Some(&self.persons), &[("enrolment", &enrolment)]).await
    }

    /// The states of the enrolment's sheets, in the order they were recorded.
    async fn sheets(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT state FROM paper_results WHERE enrolment_id = $1 ORDER BY recorded_at, decided_at")
            .bind(self.enrolment)
            .fetch_all(&self.app.pool)
            .await
            .unwrap()
    }

    /// Ordinal, state, right answers, and whether it was on paper, of the enrolment's attempts.
    async fn attempts(&self) -> Vec<(i16, String, Option<i16>, bool)> {
        sqlx::query_as(
            "SELECT ordinal, state, right_answers, paper_result_id IS NOT NULL FROM attempts
             WHERE enrolment_id = $1 ORDER BY ordinal",
        )
        .bind(self.enrolment)
        .fetch_all(&self.app.pool)
        .await
        .unwrap()
    }

    async fn enrolment_state(&self) -> String {
        sqlx::query_scalar("SELECT state FROM enrolments WHERE id = $1")
            .bind(self.enrolment)
            .fetch_one(&self.app.pool)
            .await
            .unwrap()
    }

    /// How many messages by a template the person got.
    async fn told(&self, template: &str) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM messages WHERE person_id = $1 AND template = $2")
            .bind(self.person)
            .bind(template)
            .fetch_one(&self.app.pool)
            .await
            .unwrap()
    }

    /// How often an act on the enrolment stands in the audit log.
    async fn noted(&self, action: &str) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE subject_id = $1 AND action = $2")
            .bind(self.enrolment)
            .bind(action)
            .fetch_one(&self.app.pool)
            .await
            .unwrap()
    }

    /// Writes a sheet by hand.
    async fn write(&self, pool: &PgPool, by: Uuid, right: i16, asked: i16) -> Result<Uuid, sqlx::Error> {
        sqlx::query_scalar(
            "INSERT INTO paper_results (enrolment_id, asked, right_answers, recorded_by, recorded_at)
             VALUES ($1, $2, $3, $4, $5) RETURNING id",
        )
        .bind(self.enrolment)
        .bind(asked)
        .bind(right)
        .bind(by)
        .bind(self.app.clock.now())
        .fetch_one(pool)
        .await
    }

    /// Decides a sheet by hand.
    async fn settle(&self, pool: &PgPool, sheet: Uuid, state: &str, by: Uuid) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE paper_results SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1")
            .bind(sheet)
            .bind(state)
            .bind(by)
            .bind(self.app.clock.now())
            .execute(pool)
            .await
            .map(drop)
    }

    /// Begins an attempt by hand, of a sheet or online.
    async fn begin(&self, pool: &PgPool, sheet: Option<Uuid>) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state,
                 paper_result_id)
             VALUES ($1, $2, 9, 70, $3, $3 + interval '1 hour', 'open', $4)",
        )
        .bind(self.enrolment)
        .bind(self.person)
        .bind(self.app.clock.now())
        .bind(sheet)
        .execute(pool)
        .await
        .map(drop)
    }

    /// The application's pool and the owner's.
    fn pools(&self) -> [&PgPool; 2] {
        [&self.app.pool, &self.app.owner]
    }
}

/// The rule of the database that refused.
fn rule<T: std::fmt::Debug>(done: Result<T, sqlx::Error>) -> String {
    let error = done.expect_err("the database refuses");
    let error = error.as_database_error().expect("a rule");
    error.constraint().map_or_else(|| error.message().to_owned(), str::to_owned)
}

/// What a script is told of a refusal.
fn refused(problem: &str) -> (StatusCode, Value) {
    (StatusCode::CONFLICT, json!({ "Refused": problem }))
}

/// What a script is told of what is wrong with somebody's result.
fn invalid(enrolment: Uuid, problem: &str) -> (StatusCode, Value) {
    let field = right_field(enrolment);
    (StatusCode::UNPROCESSABLE_ENTITY, json!({ "Invalid": [{ "field": field, "problem": problem }] }))
}
