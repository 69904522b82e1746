//! Asking for a code and signing in with it.

use std::sync::Arc;

use axum::http::StatusCode;
use time::Duration;

use super::{
    ID, MOBILE, OTHER_ID, OTHER_MOBILE, ask, confirm, count, newest_code, on_field, read, refused, sign_in, wrong,
};
use crate::testing::TestApp;

#[tokio::test]
async fn a_right_code_signs_in_and_makes_one_account() {
    let app = TestApp::start().await;
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    assert_eq!(count(&app, "SELECT count(*) FROM persons").await, 0, "nobody before the mobile is proved");
    let (status, answer) = confirm(&app, attempt, &code).await;
    assert_eq!((status, answer), (StatusCode::OK, serde_json::json!({ "signed_in": true, "roles": [] })));

    app.clock.advance(Duration::SECOND);
    sign_in(&app, "١٠٠٠-٠٠٠-٠٠٨", "+966 51 234 5678").await;
    assert_eq!(count(&app, "SELECT count(*) FROM persons").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM accounts").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM sign_in_sessions").await, 2);
}

#[tokio::test]
async fn the_session_of_a_sign_in_opens_the_account() {
    let app = TestApp::start().await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    let (status, home) = read(&app, "accounts/home", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK, "{home}");
    assert_eq!(read(&app, "accounts/home", None).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_right_codes_at_once_sign_in_once() {
    let app = Arc::new(TestApp::start().await);
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    let tries = (0..100).map(|_| {
        let (app, code) = (Arc::clone(&app), code.clone());
        tokio::spawn(async move { confirm(&app, attempt, &code).await.0 })
    });
    let mut answers = Vec::new();
    for answer in tries.collect::<Vec<_>>() {
        answers.push(answer.await.unwrap());
    }
    assert_eq!(answers.iter().filter(|status| **status == StatusCode::OK).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| matches!(status.as_u16(), 200 | 422)), "{answers:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM sign_in_sessions").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM persons").await, 1);
}

#[tokio::test]
async fn known_and_unknown_ids_get_the_same_answer() {
    let app = TestApp::start().await;
    sign_in(&app, ID, MOBILE).await;
    let verified = app.verified_person().await;
    assert_ne!(verified, uuid::Uuid::nil());
    let mut answers = Vec::new();
    for (id, mobile) in [(ID, MOBILE), (ID, OTHER_MOBILE), (OTHER_ID, "0500000077"), (OTHER_ID, "0500000078")] {
        answers.push(app.post("accounts/ask_code", None, &[("national_id", id), ("mobile", mobile)]).await);
    }
    assert!(answers.iter().all(|answer| *answer == (StatusCode::OK, serde_json::Value::Null)), "{answers:?}");
    let sent = count(&app, "SELECT count(*) FROM messages WHERE template = 'sign_in_code'").await;
    assert_eq!(sent, 5, "each was sent a code");

    let (known, known_code) = newest_code(&app, MOBILE).await;
    let (unknown, unknown_code) = newest_code(&app, "0500000077").await;
    let one = confirm(&app, known, &wrong(&known_code)).await;
    assert_eq!(one, confirm(&app, unknown, &wrong(&unknown_code)).await);
    let page = |attempt| format!("/sign-in/code/{attempt}");
    assert_eq!(app.get(&page(known), None).await.0, app.get(&page(unknown), None).await.0);
}

#[tokio::test]
async fn an_account_is_told_it_is_frozen_after_a_right_code_only() {
    let app = TestApp::start().await;
    sign_in(&app, ID, MOBILE).await;
    app.clock.advance(Duration::SECOND);
    let owner_cookie = sign_in(&app, ID, OTHER_MOBILE).await;
    let owner: uuid::Uuid = sqlx::query_scalar("SELECT person_id FROM accounts ORDER BY created_at DESC LIMIT 1")
        .fetch_one(&app.owner)
        .await
        .unwrap();
    app.clock.advance(Duration::SECOND);
    app.verify(owner).await;

    let (attempt, code) = ask(&app, ID, MOBILE).await;
    assert_eq!(confirm(&app, attempt, &wrong(&code)).await.1, on_field("code", "CodeWrong"));
    let (status, answer) = confirm(&app, attempt, &code).await;
    assert_eq!((status, answer), (StatusCode::CONFLICT, refused("AccountFrozen")));
    assert_eq!(confirm(&app, attempt, &code).await.1, on_field("code", "CodeSpent"), "the code was used up");
    assert_eq!(read(&app, "accounts/home", Some(&owner_cookie)).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_verified_id_takes_no_new_mobile() {
    let app = TestApp::start().await;
    app.person_with(ID, "+966512345678", "1990-05-17").await;
    let person: uuid::Uuid = sqlx::query_scalar("SELECT id FROM persons").fetch_one(&app.owner).await.unwrap();
    app.verify(person).await;
    let (attempt, code) = ask(&app, ID, OTHER_MOBILE).await;
    assert_eq!(confirm(&app, attempt, &code).await.1, refused("AccountFrozen"));
    assert_eq!(count(&app, "SELECT count(*) FROM accounts").await, 1);
}

#[tokio::test]
async fn a_session_of_a_frozen_account_ends() {
    let app = TestApp::start().await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    let owner = app.person_with(ID, "+966598765432", "1990-05-17").await;
    app.verify(owner).await;
    assert_eq!(read(&app, "accounts/home", Some(&cookie)).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn bad_numbers_are_told_field_by_field() {
    let app = TestApp::start().await;
    let (status, answer) = app.post("accounts/ask_code", None, &[("national_id", "1000000000"), ("mobile", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        answer,
        serde_json::json!({ "Invalid": [
            { "field": "national_id", "problem": "NationalIdInvalid" }, { "field": "mobile", "problem": "Required" },
        ] })
    );
    let (attempt, _) = ask(&app, ID, MOBILE).await;
    assert_eq!(confirm(&app, attempt, " ").await.1, on_field("code", "Required"));
    assert_eq!(confirm(&app, attempt, "رمز").await.1, on_field("code", "CodeWrong"));
}
