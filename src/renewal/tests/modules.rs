//! The test of the module: by the machinery of every test, for the licence that is to be renewed.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use super::{Holder, KIND, constraint, module, refused};
use crate::assessment::job;
use crate::licences::model::LicenceKind;
use crate::licences::tests::count;
use crate::testing::TestApp;

/// A holder whose renewal is open, in the room where the test is taken.
struct Room {
    app: TestApp,
    holder: Holder,
    test: String,
    cookie: String,
}

impl Room {
    async fn new() -> Self {
        let app = TestApp::start().await;
        module(&app, KIND, 7).await;
        let holder = Holder::new(&app).await;
        app.clock.stand_at(holder.days_before_the_end(30));
        let (test, cookie) = (holder.licence.to_string(), app.sign_in(holder.person).await);
        Self { app, holder, test, cookie }
    }

    async fn start(&self) -> (StatusCode, Value) {
        self.app.post("assessment/start", Some(&self.cookie), &[("enrolment", &self.test)]).await
    }

    /// The options of the latest attempt's questions in order, the right one of each first.
    async fn key(&self) -> Vec<Vec<Uuid>> {
        sqlx::query_scalar(
            "SELECT array_agg(o.id ORDER BY o.correct DESC)
             FROM attempt_questions q JOIN question_options o USING (question_id)
             WHERE q.attempt_id = (SELECT id FROM attempts WHERE renews = $1 ORDER BY ordinal DESC LIMIT 1)
             GROUP BY q.position ORDER BY q.position",
        )
        .bind(self.holder.licence)
        .fetch_all(&self.app.pool)
        .await
        .unwrap()
    }

    /// Takes an attempt with so many right answers and hands it in.
    async fn sit(&self, ordinal: i16, right: usize) {
        assert_eq!(self.start().await.0, StatusCode::OK);
        let attempt = ordinal.to_string();
        for (index, options) in self.key().await.iter().enumerate() {
            let option = if index < right { options[0] } else { options[1] }.to_string();
            let position = (index + 1).to_string();
            let fields =
                [("enrolment", &*self.test), ("attempt", &*attempt), ("position", &*position), ("option", &*option)];
            assert_eq!(self.app.post("assessment/answer", Some(&self.cookie), &fields).await.0, StatusCode::OK);
        }
        let fields = [("enrolment", &*self.test), ("attempt", &*attempt)];
        assert_eq!(self.app.post("assessment/finish", Some(&self.cookie), &fields).await.0, StatusCode::OK);
    }

    async fn read(&self, endpoint: &str, more: &str) -> Value {
        let path = format!("/api/assessment/{endpoint}?enrolment={}{more}", self.test);
        serde_json::from_str(&self.app.get(&path, Some(&self.cookie)).await.1).unwrap()
    }

    async fn page(&self, more: &str) -> String {
        let (status, page) = self.app.get(&format!("/account/test/{}{more}", self.test), Some(&self.cookie)).await;
        assert_eq!(status, StatusCode::OK);
        page
    }
}

#[tokio::test]
async fn a_short_test_of_the_modules_own_questions_leads_to_the_renewal() {
    let room = Room::new().await;
    let overview = room.read("overview", "").await;
    assert_eq!((&overview["rules"]["questions"], &overview["rules"]["minutes"]), (&json!(5), &json!(15)));
    assert!(room.page("").await.contains("action=\"/api/assessment/start\""));
    room.sit(1, 4).await;
    let asked = "SELECT count(*) FROM attempt_questions k JOIN questions q ON q.id = k.question_id
        JOIN attempts a ON a.id = k.attempt_id WHERE a.renews IS NOT NULL AND q.module_id IS NOT NULL";
    assert_eq!(count(&room.app, asked).await, 5);
    let (result, renewal) = (room.page("/result/1").await, format!("/account/renew/{}", room.holder.number.digits()));
    assert!(result.contains("ما الجديد") && result.contains(&renewal), "{result}");
    assert!(room.page("").await.contains(&renewal));
    assert_eq!(room.start().await, refused("AlreadyPassed"));
    assert_eq!(room.holder.submit(&room.app).await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_programmes_test_asks_nothing_of_a_module() {
    let app = TestApp::start().await;
    module(&app, KIND, 30).await;
    let trainer = app.staff(crate::access::Role::Trainer).await;
    let programme = app.programme("practitioner").await;
    let session = app.session(programme, 5, trainer).await;
    let person = app.person().await;
    let enrolment = app.attended(session, person).await.to_string();
    let cookie = app.sign_in(person).await;
    let answer = app.post("assessment/start", Some(&cookie), &[("enrolment", &enrolment)]).await;
    assert_eq!(answer, refused("TestNotReady"), "the bank is empty, the module is not");
}

#[tokio::test]
async fn without_a_module_there_is_no_test() {
    let app = TestApp::start().await;
    let holder = Holder::new(&app).await;
    app.clock.stand_at(holder.days_before_the_end(30));
    let cookie = app.sign_in(holder.person).await;
    let answer = app.post("assessment/start", Some(&cookie), &[("enrolment", &holder.licence.to_string())]).await;
    assert_eq!(answer, refused("TestNotReady"));
    let (_, page) = app.get(&format!("/account/renew/{}", holder.number.digits()), Some(&cookie)).await;
    assert!(page.contains("لم تُنشر وحدة التجديد بعد"));
}

#[tokio::test]
async fn it_is_open_as_long_as_the_renewal_and_to_the_holder_alone() {
    let room = Room::new().await;
    let stranger = room.app.person().await;
    let cookie = room.app.sign_in(stranger).await;
    let fields = [("enrolment", room.test.as_str())];
    assert_eq!(room.app.post("assessment/start", Some(&cookie), &fields).await.0, StatusCode::NOT_FOUND);
    for days in [61, 0] {
        room.app.clock.stand_at(room.holder.days_before_the_end(days));
        let cookie = room.app.sign_in(room.holder.person).await;
        let answer = room.app.post("assessment/start", Some(&cookie), &fields).await;
        assert_eq!(answer, refused("RenewalNotOpen"), "{days}");
    }
    room.app.clock.stand_at(room.holder.days_before_the_end(30));
    room.holder.becomes(&room.app, "suspended").await;
    assert_eq!(room.start().await, refused("RenewalNotOpen"));
    assert!(room.page("").await.contains("اختبار التجديد غير متاح الآن"));
}

#[tokio::test]
async fn who_fails_every_attempt_gets_others_after_a_week() {
    let room = Room::new().await;
    for ordinal in 1..=3 {
        room.sit(ordinal, 3).await;
    }
    assert_eq!(room.start().await, refused("RenewalTestLater"));
    let overview = room.read("overview", "").await;
    assert_eq!((&overview["attempts_left"], &overview["standing"]), (&json!(0), &json!("renewal_open")));
    assert!(room.page("").await.contains("استُنفدت محاولات هذه الأيام"));
    assert!(room.page("/result/3").await.contains("استُنفدت محاولات هذه الأيام"));
    room.app.clock.advance(Duration::days(7) - Duration::SECOND);
    let cookie = room.app.sign_in(room.holder.person).await;
    let fields = [("enrolment", room.test.as_str())];
    assert_eq!(room.app.post("assessment/start", Some(&cookie), &fields).await, refused("RenewalTestLater"));
    room.app.clock.advance(Duration::SECOND);
    assert_eq!(room.app.post("assessment/start", Some(&cookie), &fields).await.0, StatusCode::OK);
}

#[tokio::test]
async fn time_ends_it_though_nobody_comes_back() {
    let room = Room::new().await;
    assert_eq!(room.start().await.0, StatusCode::OK);
    room.app.clock.advance(Duration::minutes(16));
    job::close_all(&room.app.pool, room.app.clock.now()).await.unwrap();
    let closed =
        "SELECT count(*) FROM attempts WHERE renews IS NOT NULL AND state = 'failed' AND finished_at = deadline_at";
    assert_eq!(count(&room.app, closed).await, 1);
}

#[tokio::test]
async fn two_tests_are_never_open_at_once() {
    let room = Room::new().await;
    assert_eq!(room.start().await.0, StatusCode::OK);
    crate::licences::tests::passes(&room.app, room.app.person().await, LicenceKind::TeamLeader).await;
    let trainer = room.app.staff(crate::access::Role::Trainer).await;
    let programme = room.app.programme("team_leader").await;
    let session = room.app.session(programme, 5, trainer).await;
    let enrolment = room.app.attended(session, room.holder.person).await.to_string();
    sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ('test_questions', 1, '2020-01-01')")
        .execute(&room.app.pool)
        .await
        .unwrap();
    let answer = room.app.post("assessment/start", Some(&room.cookie), &[("enrolment", &enrolment)]).await;
    assert_eq!(answer, refused("OtherTestOpen"));
    let path = format!("/api/assessment/overview?enrolment={enrolment}");
    let (_, overview) = room.app.get(&path, Some(&room.cookie)).await;
    assert!(overview.contains(&room.test), "the open test is named");
}

#[tokio::test]
async fn the_database_keeps_tests_apart() {
    let room = Room::new().await;
    room.start().await;
    let stranger = room.app.person().await;
    for (statement, expected) in [
        (
            "INSERT INTO attempts (renews, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
             VALUES ($1, $2, 2, 70, $3, $3::timestamptz + interval '1 hour', 'open')",
            "attempts_renewal_open",
        ),
        (
            "INSERT INTO attempts (person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
             SELECT $2, 2, 70, $3, $3::timestamptz + interval '1 hour', 'open' WHERE $1::uuid IS NOT NULL",
            "attempts_attended",
        ),
        (
            "INSERT INTO attempt_questions
             SELECT a.id, 99, q.id, '{}' FROM attempts a, questions q
             WHERE a.renews = $1 AND q.module_id IS NULL AND $2::uuid IS NOT NULL AND $3::timestamptz IS NOT NULL",
            "attempt_questions_own_bank",
        ),
    ] {
        for pool in [&room.app.pool, &room.app.owner] {
            let error = sqlx::query(statement)
                .bind(room.holder.licence)
                .bind(stranger)
                .bind(room.app.clock.now())
                .execute(pool)
                .await
                .unwrap_err();
            assert_eq!(constraint(error), expected, "{statement}");
        }
    }
    let moved = sqlx::query("UPDATE attempts SET renews = NULL WHERE renews IS NOT NULL")
        .execute(&room.app.owner)
        .await
        .unwrap_err();
    assert_eq!(constraint(moved), "attempts_fixed");
}
