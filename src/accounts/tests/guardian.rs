//! A minor, and the guardian who consents for them.

use axum::http::StatusCode;
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use super::{OTHER_ID, OTHER_MOBILE, born_years_ago, count, newest_code, on_field, read, refused, wrong};
use crate::testing::TestApp;

const MINOR_ID: &str = "1000000008";
const MINOR_MOBILE: &str = "+966512345678";

/// A minor with a complete profile, and their cookie.
async fn minor(app: &TestApp) -> (Uuid, String) {
    let person = app.person_with(MINOR_ID, MINOR_MOBILE, &born_years_ago(app, 16).to_string()).await;
    sqlx::query("UPDATE persons SET needs_guardian = true WHERE id = $1")
        .bind(person)
        .execute(&app.owner)
        .await
        .unwrap();
    (person, app.sign_in(person).await)
}

async fn ask_guardian(app: &TestApp, cookie: &str) -> (Uuid, String) {
    let answer = app.post("accounts/ask_guardian", Some(cookie), &[("mobile", OTHER_MOBILE)]).await;
    assert_eq!(answer.0, StatusCode::OK, "{}", answer.1);
    newest_code(app, OTHER_MOBILE).await
}

async fn consent(app: &TestApp, attempt: Uuid, id: &str, code: &str) -> (StatusCode, Value) {
    let attempt = attempt.to_string();
    let fields = [
        ("attempt", attempt.as_str()),
        ("guardian_name", "عبد الله سعد القحطاني"),
        ("national_id", id),
        ("code", code),
        ("declaration", "true"),
    ];
    app.post("accounts/give_consent", None, &fields).await
}

#[tokio::test]
async fn a_guardian_consents_with_their_own_id_mobile_and_code() {
    let app = TestApp::start().await;
    let (_, cookie) = minor(&app).await;
    assert!(read(&app, "accounts/home", Some(&cookie)).await.1.contains("AskGuardian"));
    let (attempt, code) = ask_guardian(&app, &cookie).await;
    assert!(read(&app, "accounts/home", Some(&cookie)).await.1.contains("AwaitGuardian"));

    let (status, shown) = read(&app, &format!("accounts/guardian_request?attempt={attempt}"), None).await;
    assert_eq!(status, StatusCode::OK);
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown, serde_json::json!({ "masked_name": "محمد ع. س. ق.", "consented": false }));

    assert_eq!(consent(&app, attempt, OTHER_ID, &code).await.0, StatusCode::OK);
    assert!(read(&app, "accounts/home", Some(&cookie)).await.1.contains("ChooseSession"));
    let told = count(&app, "SELECT count(*) FROM messages WHERE template = 'guardian_consented'").await;
    assert_eq!(told, 1, "the minor is told");
    assert_eq!(consent(&app, attempt, OTHER_ID, &code).await.1, on_field("code", "CodeSpent"));
    let again = app.post("accounts/ask_guardian", Some(&cookie), &[("mobile", OTHER_MOBILE)]).await;
    assert_eq!(again.1, refused("NoLongerPossible"));
}

#[tokio::test]
async fn a_minor_is_not_their_own_guardian() {
    let app = TestApp::start().await;
    let (_, cookie) = minor(&app).await;
    let own = app.post("accounts/ask_guardian", Some(&cookie), &[("mobile", "0512345678")]).await;
    assert_eq!(own.1, on_field("mobile", "GuardianIsSelf"));

    let (attempt, code) = ask_guardian(&app, &cookie).await;
    assert_eq!(consent(&app, attempt, MINOR_ID, &code).await.1, on_field("national_id", "GuardianIsSelf"));
    assert_eq!(count(&app, "SELECT count(*) FROM guardian_consents").await, 0);
    assert_eq!(
        consent(&app, attempt, OTHER_ID, &code).await.0,
        StatusCode::OK,
        "the code stays good for a mended form"
    );
}

#[tokio::test]
async fn a_verified_minor_is_nobodys_guardian() {
    let app = TestApp::start().await;
    let (_, cookie) = minor(&app).await;
    let friend = app.person_with(OTHER_ID, "+966500000055", &born_years_ago(&app, 16).to_string()).await;
    sqlx::query("UPDATE persons SET needs_guardian = true WHERE id = $1")
        .bind(friend)
        .execute(&app.owner)
        .await
        .unwrap();
    app.verify(friend).await;
    let (attempt, code) = ask_guardian(&app, &cookie).await;
    assert_eq!(consent(&app, attempt, OTHER_ID, &code).await.1, on_field("national_id", "GuardianNotAdult"));
}

#[tokio::test]
async fn wrong_codes_of_a_guardian_lock_their_attempt() {
    let app = TestApp::start().await;
    let (_, cookie) = minor(&app).await;
    let (attempt, code) = ask_guardian(&app, &cookie).await;
    for _ in 0..5 {
        assert_eq!(consent(&app, attempt, OTHER_ID, &wrong(&code)).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(consent(&app, attempt, OTHER_ID, &code).await.1, on_field("code", "CodeSpent"));
}

#[tokio::test]
async fn a_guardian_who_comes_late_gets_a_new_code() {
    let app = TestApp::start().await;
    let (_, cookie) = minor(&app).await;
    let (attempt, code) = ask_guardian(&app, &cookie).await;
    app.clock.advance(Duration::hours(5));
    assert_eq!(consent(&app, attempt, OTHER_ID, &code).await.1, on_field("code", "CodeSpent"));
    let answer = app.post("accounts/ask_again", None, &[("attempt", &attempt.to_string())]).await;
    assert_eq!(answer.0, StatusCode::OK);
    let (attempt, code) = newest_code(&app, OTHER_MOBILE).await;
    assert_eq!(consent(&app, attempt, OTHER_ID, &code).await.0, StatusCode::OK);

    app.clock.advance(Duration::days(3));
    let late = read(&app, &format!("accounts/guardian_request?attempt={attempt}"), None).await;
    assert_eq!(late.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_guardians_code_signs_nobody_in_and_a_sign_in_code_consents_to_nothing() {
    let app = TestApp::start().await;
    let (_, cookie) = minor(&app).await;
    let (attempt, code) = ask_guardian(&app, &cookie).await;
    assert_eq!(super::confirm(&app, attempt, &code).await.1, on_field("code", "CodeSpent"));
    let (sign_in, code) = super::ask(&app, OTHER_ID, "0500000066").await;
    assert_eq!(consent(&app, sign_in, OTHER_ID, &code).await.1, on_field("code", "CodeSpent"));
}

#[tokio::test]
async fn every_field_of_a_consent_is_needed() {
    let app = TestApp::start().await;
    let fields = [("attempt", "x"), ("guardian_name", "Ali"), ("national_id", ""), ("code", "")];
    let (status, answer) = app.post("accounts/give_consent", None, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let problems: Vec<_> =
        answer["Invalid"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(problems, ["guardian_name", "national_id", "code", "declaration"]);
}

#[tokio::test]
async fn an_adult_asks_no_guardian() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let answer = app.post("accounts/ask_guardian", Some(&cookie), &[("mobile", OTHER_MOBILE)]).await;
    assert_eq!(answer.1, refused("NoLongerPossible"));
    assert!(read(&app, "accounts/guardian", Some(&cookie)).await.1.contains("NotNeeded"));
}

#[tokio::test]
async fn too_many_messages_to_one_guardian_are_refused() {
    let app = TestApp::start().await;
    let into = app.clock.now().unix_timestamp().rem_euclid(86_400);
    app.clock.advance(Duration::seconds(86_400 - into));
    let (_, cookie) = minor(&app).await;
    for _ in 0..5 {
        ask_guardian(&app, &cookie).await;
    }
    let answer = app.post("accounts/ask_guardian", Some(&cookie), &[("mobile", OTHER_MOBILE)]).await;
    assert_eq!(answer.0, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn who_has_come_of_age_needs_no_guardian_from_the_next_sign_in() {
    let app = TestApp::start().await;
    let (_, _) = minor(&app).await;
    app.clock.advance(Duration::days(3 * 365));
    super::sign_in(&app, MINOR_ID, MINOR_MOBILE).await;
    assert_eq!(count(&app, "SELECT count(*) FROM persons WHERE needs_guardian").await, 0);
}
