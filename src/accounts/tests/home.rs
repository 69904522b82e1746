//! The signed-in home follows a person on their way.

use axum::http::StatusCode;
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use super::read;
use crate::access::Role;
use crate::testing::TestApp;

async fn home(app: &TestApp, cookie: &str) -> Value {
    let (status, body) = read(app, "accounts/home", Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str(&body).unwrap()
}

/// The name of the next step.
fn next(home: &Value) -> String {
    match &home["next"] {
        Value::String(step) => step.clone(),
        step => step.as_object().unwrap().keys().next().unwrap().clone(),
    }
}

/// The codes of the steps that are done.
fn done(home: &Value) -> Vec<&str> {
    let steps = home["steps"].as_array().unwrap();
    steps.iter().filter(|step| step["progress"] == "Done").map(|step| step["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_next_step_follows_the_training() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme("practitioner").await;
    let session = app.session(programme, 5, trainer).await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    assert_eq!(next(&home(&app, &cookie).await), "ChooseSession");

    app.attended(session, person).await;
    let seen = home(&app, &cookie).await;
    assert_eq!(next(&seen), "StartTest");
    assert_eq!(done(&seen), ["Profile", "Training", "Attendance"]);
    assert_eq!(seen["enrolments"][0]["state"], "attended");
}

#[tokio::test]
async fn a_passed_test_leads_to_identity_and_then_to_the_request() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme("practitioner").await;
    let session = app.session(programme, 5, trainer).await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    app.passed(session, person).await;
    assert_eq!(next(&home(&app, &cookie).await), "ShowIdentity");
    app.verify(person).await;
    assert_eq!(next(&home(&app, &cookie).await), "Request");

    sqlx::query(
        "INSERT INTO licence_requests (number, person_id, kind, state, created_at, submitted_at, answer_by)
         VALUES ('1234567890', $1, 'practitioner', 'submitted', $2, $2, $3)",
    )
    .bind(person)
    .bind(app.clock.now())
    .bind(app.clock.now() + Duration::days(3))
    .execute(&app.pool)
    .await
    .unwrap();
    let seen = home(&app, &cookie).await;
    assert_eq!(next(&seen), "AwaitDecision");
    assert_eq!(seen["requests"][0]["number"], "1234567890");
    assert!(done(&seen).contains(&"Request"));
}

#[tokio::test]
async fn an_offer_is_shown_with_its_deadline() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme("practitioner").await;
    let session = app.session(programme, 1, trainer).await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let enrolment: Uuid = sqlx::query_scalar(
        "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
         VALUES ($1, $2, $3, 'waitlisted', $4) RETURNING id",
    )
    .bind(session)
    .bind(programme)
    .bind(person)
    .bind(app.clock.now())
    .fetch_one(&app.pool)
    .await
    .unwrap();
    assert_eq!(next(&home(&app, &cookie).await), "AwaitSeat");
    sqlx::query("UPDATE enrolments SET state = 'offered', offered_until = $2 WHERE id = $1")
        .bind(enrolment)
        .bind(app.clock.now() + Duration::days(1))
        .execute(&app.pool)
        .await
        .unwrap();
    let seen = home(&app, &cookie).await;
    assert_eq!(next(&seen), "TakeOffer");
    let (status, page) = app.get("/account", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&format!("/training/{session}")));
}

#[tokio::test]
async fn nobodys_home_shows_anothers_things() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme("practitioner").await;
    let session = app.session(programme, 5, trainer).await;
    let (one, other) = (app.person().await, app.person().await);
    app.attended(session, one).await;
    let cookie = app.sign_in(other).await;
    let seen = home(&app, &cookie).await;
    assert_eq!(seen["enrolments"], serde_json::json!([]));
    assert_eq!(next(&seen), "ChooseSession");
}
