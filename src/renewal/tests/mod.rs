//! Renewal against a real database.

mod asking;
mod batches;
mod days;
mod fresh;
mod machines;
mod merged;
mod modules;
mod refusals;
mod sequences;
mod slow_reviews;
mod told;

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::access::Role;
use crate::calendar::RIYADH;
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, ready};
use crate::review::model::{EFFECT_AFTER, Pool};
use crate::review::store::{self as review, Verdict};
use crate::server::keys::random_digits;
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;
const MIDNIGHT: time::Time = time::Time::MIDNIGHT;
const MILLISECOND: Duration = Duration::milliseconds(1);

/// Somebody with a licence.
struct Holder {
    person: Uuid,
    number: LicenceNumber,
    licence: Uuid,
    /// The day after its last.
    until: Date,
}

impl Holder {
    /// Of a licence of a kind issued now to somebody who has what it needs.
    async fn of(app: &TestApp, person: Uuid, kind: LicenceKind) -> Self {
        let number = licensed(app, person, kind, app.clock.now()).await;
        let (licence, until) = sqlx::query_as("SELECT id, upper(valid) FROM licences WHERE number = $1")
            .bind(number.digits())
            .fetch_one(&app.pool)
            .await
            .unwrap();
        Self { person, number, licence, until }
    }

    async fn new(app: &TestApp) -> Self {
        let person = ready(app, KIND).await;
        Self::of(app, person, KIND).await
    }

    /// The midnight in Riyadh that begins the day on which so many valid days are left.
    fn days_before_the_end(&self, days: i64) -> OffsetDateTime {
        (self.until - Duration::days(days)).with_time(MIDNIGHT).assume_offset(RIYADH)
    }

    async fn submit(&self, app: &TestApp) -> (StatusCode, Value) {
        let cookie = app.sign_in(self.person).await;
        let fields = [("number", self.number.digits()), ("declared", "true")];
        app.post("renewal/submit", Some(&cookie), &fields).await
    }

    /// Submits, and the number of the request.
    async fn asks(&self, app: &TestApp) -> String {
        assert_eq!(self.submit(app).await, (StatusCode::OK, Value::Null));
        sqlx::query_scalar("SELECT number FROM licence_requests WHERE renews = $1 ORDER BY created_at DESC LIMIT 1")
            .bind(self.licence)
            .fetch_one(&app.pool)
            .await
            .unwrap()
    }

    async fn standing(&self, app: &TestApp) -> Value {
        let cookie = app.sign_in(self.person).await;
        let path = format!("/api/renewal/standing?number={}", self.number.digits());
        let (status, body) = app.get(&path, Some(&cookie)).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Passes the test of the module in force at once.
    async fn passes_module(&self, app: &TestApp) {
        sqlx::query(
            "INSERT INTO attempts (renews, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
             VALUES ($1, $2, 1, 70, $3, $3::timestamptz + interval '15 minutes', 'open')",
        )
        .bind(self.licence)
        .bind(self.person)
        .bind(app.clock.now())
        .execute(&app.pool)
        .await
        .unwrap();
        for statement in [
            "INSERT INTO attempt_questions (attempt_id, position, question_id, option_order)
             SELECT a.id, 1, q.id, ARRAY(SELECT id FROM question_options WHERE question_id = q.id)
             FROM attempts a, (SELECT id FROM questions WHERE module_id IS NOT NULL LIMIT 1) q WHERE a.renews = $1",
            "INSERT INTO attempt_answers (attempt_id, question_id, option_id, saved_at)
             SELECT k.attempt_id, k.question_id, o.id, a.started_at
             FROM attempt_questions k JOIN attempts a ON a.id = k.attempt_id
             JOIN question_options o ON o.question_id = k.question_id AND o.correct WHERE a.renews = $1",
            "UPDATE attempts SET finished_at = started_at WHERE renews = $1",
        ] {
            sqlx::query(statement).bind(self.licence).execute(&app.pool).await.unwrap();
        }
    }

    /// The licence that follows, if there is one: its number and its days.
    async fn follower(&self, app: &TestApp) -> Option<(String, Date, Date)> {
        sqlx::query_as(
            "SELECT l.number, lower(l.valid), upper(l.valid) FROM licences l JOIN licence_requests q ON q.id = l.request_id
             WHERE q.renews = $1",
        )
        .bind(self.licence)
        .fetch_optional(&app.pool)
        .await
        .unwrap()
    }

    async fn becomes(&self, app: &TestApp, state: &str) {
        app.put_licences(Some(self.licence), state).await;
    }
}

/// A module in force for a kind with this many questions of two options; its id.
async fn module(app: &TestApp, kind: LicenceKind, questions: i32) -> Uuid {
    sqlx::query("INSERT INTO topics VALUES ('news', 'أ', 'A', 'ب', 'B') ON CONFLICT DO NOTHING")
        .execute(&app.pool)
        .await
        .unwrap();
    let module: Uuid = sqlx::query_scalar(
        "INSERT INTO renewal_modules (kind, title_ar, title_en, reading_ar, reading_en, minutes)
         VALUES ($1, 'ما الجديد', 'What is new', 'فقرة أولى' || E'\\n\\n' || 'فقرة ثانية', 'One', 5)
         RETURNING id",
    )
    .bind(kind.code())
    .fetch_one(&app.pool)
    .await
    .unwrap();
    sqlx::query(
        "WITH asked AS (
             INSERT INTO questions (kind, topic, stem_ar, stem_en, module_id)
             SELECT $1, 'news', 'سؤال ' || n, 'Question ' || n, $3 FROM generate_series(1, $2) n RETURNING id
         )
         INSERT INTO question_options (question_id, text_ar, text_en, correct)
         SELECT id, 'خيار ' || n, 'Option ' || n, n = 1 FROM asked, generate_series(1, 2) n",
    )
    .bind(kind.code())
    .bind(questions)
    .bind(module)
    .execute(&app.pool)
    .await
    .unwrap();
    sqlx::query("UPDATE renewal_modules SET published_at = '2020-01-01' WHERE id = $1")
        .bind(module)
        .execute(&app.pool)
        .await
        .unwrap();
    module
}

/// Somebody whose licence can be renewed: thirty days are left, and the module is passed.
async fn renewing(app: &TestApp) -> Holder {
    module(app, KIND, 6).await;
    let holder = Holder::new(app).await;
    app.clock.stand_at(holder.days_before_the_end(30));
    holder.passes_module(app).await;
    holder
}

/// Takes a request and decides it, as a reviewer; the decision.
async fn decide(
    app: &TestApp,
    reviewer: Uuid,
    number: &str,
    verdict: &Verdict,
) -> Result<Uuid, crate::error::AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    let taken = review::take_next(&mut tx, reviewer, &Pool::default(), app.clock.now()).await.unwrap();
    assert_eq!(taken.as_deref(), Some(number));
    let decided = review::decide(&mut tx, reviewer, number, verdict, app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(decided.id)
}

/// Lets ten seconds pass and settles a request.
async fn take_effect(app: &TestApp, number: &str) {
    app.clock.advance(EFFECT_AFTER);
    let id = sqlx::query_scalar("SELECT id FROM licence_requests WHERE number = $1")
        .bind(number)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    let mut tx = app.pool.begin().await.unwrap();
    crate::review::effect::settle(&mut tx, &app.state.config.keys, id, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A request is approved by somebody new.
async fn approved(app: &TestApp, number: &str) {
    let reviewer = app.staff(Role::Reviewer).await;
    decide(app, reviewer, number, &Verdict::Approve).await.unwrap();
    take_effect(app, number).await;
}

async fn state(app: &TestApp, number: &str) -> String {
    sqlx::query_scalar("SELECT state FROM licence_requests WHERE number = $1")
        .bind(number)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

/// What the public is told of a number.
async fn status(app: &TestApp, number: &str) -> Value {
    let (_, body) = app.get(&format!("/api/verification/look_up?number={number}"), None).await;
    serde_json::from_str::<Value>(&body).unwrap()["licence"]["status"].clone()
}

fn refused(problem: &str) -> (StatusCode, Value) {
    (StatusCode::CONFLICT, json!({ "Refused": problem }))
}

/// The constraint that refused a statement.
fn constraint(error: sqlx::Error) -> String {
    error.into_database_error().unwrap().constraint().unwrap_or_default().to_owned()
}

/// Ten random digits.
fn request_number() -> String {
    random_digits(10)
}
