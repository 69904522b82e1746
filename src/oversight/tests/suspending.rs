//! Suspending: at once, by one officer.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{KIND, NOTE, corrected, events, holder, looked_up, noted, officers, revoked, state, suspend};
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::licences::model::LicenceNumber;
use crate::licences::tests::{count, licensed, ready};
use crate::testing::TestApp;

#[tokio::test]
async fn an_officer_suspends_a_licence_at_once_and_its_holder_is_told() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let officer = app.sign_in(app.staff(Role::Reviewer).await).await;
    let fields = [("number", number.digits()), ("reason", "details_under_review"), ("text", NOTE)];
    assert_eq!(app.post("oversight/suspend", Some(&officer), &fields).await.0, StatusCode::OK);
    assert_eq!(state(&app, &number).await, "suspended");
    let steps = [("issued".to_owned(), None), ("suspended".to_owned(), Some("details_under_review".to_owned()))];
    assert_eq!(events(&app, &number).await, steps);
    assert_eq!(noted(&app, "licence_suspended").await, 2, "a message and an audit entry");
    let shown = looked_up(&app, &number).await;
    assert_eq!((&shown["status"], &shown["reason"]), (&json!("suspended"), &json!("details_under_review")));
    // Again is too late, and tells nobody.
    let again = app.post("oversight/suspend", Some(&officer), &fields).await;
    assert_eq!(again, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
    assert_eq!(noted(&app, "licence_suspended").await, 2);
}

#[tokio::test]
async fn a_suspension_needs_a_reason_of_its_own_and_a_text() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    let officer = app.sign_in(app.staff(Role::Reviewer).await).await;
    for (reason, text, field) in
        [("", NOTE, "reason"), ("charter_breach", NOTE, "reason"), ("holder_asked", " ", "text")]
    {
        let fields = [("number", number.digits()), ("reason", reason), ("text", text)];
        let (status, body) = app.post("oversight/suspend", Some(&officer), &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(body["Invalid"], json!([{ "field": field, "problem": "Required" }]));
    }
    assert_eq!(state(&app, &number).await, "active");
}

#[tokio::test]
async fn an_unknown_number_and_other_roles_suspend_nothing() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let [officer, _] = officers(&app).await;
    let unknown = LicenceNumber::from_digits15("123456789012345").unwrap();
    assert_eq!(suspend(&app, officer, &unknown).await, Err(AppError::NotFound));
    let fields = [("number", number.digits()), ("reason", "holder_asked"), ("text", NOTE)];
    for who in [person, app.staff(Role::Trainer).await, app.staff(Role::Administrator).await] {
        let cookie = app.sign_in(who).await;
        assert_eq!(app.post("oversight/suspend", Some(&cookie), &fields).await.0, StatusCode::FORBIDDEN);
    }
    assert_eq!(app.post("oversight/suspend", None, &fields).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(state(&app, &number).await, "active");
}

#[tokio::test]
async fn only_a_licence_that_is_active_and_has_not_ended_is_suspended() {
    let app = TestApp::start().await;
    let [officer, _] = officers(&app).await;
    let (_, gone) = holder(&app).await;
    revoked(&app, &gone).await;
    let (_, old) = holder(&app).await;
    corrected(&app, &old).await;
    let person: Uuid = ready(&app, KIND).await;
    let ended = licensed(&app, person, KIND, app.clock.now() - Duration::days(1000)).await;
    for number in [gone, old, ended] {
        let before = state(&app, &number).await;
        assert_eq!(suspend(&app, officer, &number).await, Problem::NoLongerPossible.refused());
        assert_eq!(state(&app, &number).await, before);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM licence_events WHERE event = 'suspended'").await, 0);
}
