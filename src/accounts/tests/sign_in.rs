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
async fn a_code_works_once() {
    let app = TestApp::start().await;
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    assert_eq!(confirm(&app, attempt, &code).await.0, StatusCode::OK);
    assert_eq!(confirm(&app, attempt, &code).await.1, on_field("code", "CodeSpent"));
}

#[tokio::test]
async fn five_wrong_codes_lock_the_attempt_and_not_the_account() {
    let app = TestApp::start().await;
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    for _ in 0..4 {
        assert_eq!(confirm(&app, attempt, &wrong(&code)).await.1, on_field("code", "CodeWrong"));
    }
    assert_eq!(confirm(&app, attempt, &wrong(&code)).await.1, on_field("code", "CodeSpent"));
    assert_eq!(confirm(&app, attempt, &code).await.1, on_field("code", "CodeSpent"));

    app.clock.advance(Duration::SECOND);
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    assert_eq!(confirm(&app, attempt, &code).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn wrong_codes_at_once_are_all_counted() {
    let app = Arc::new(TestApp::start().await);
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let (app, code) = (Arc::clone(&app), wrong(&code));
            tokio::spawn(async move { confirm(&app, attempt, &code).await.1 })
        })
        .collect();
    let mut told_wrong = 0;
    for answer in tries {
        told_wrong += u32::from(answer.await.unwrap() == on_field("code", "CodeWrong"));
    }
    assert_eq!(told_wrong, 4, "the fifth locks");
    assert_eq!(confirm(&app, attempt, &code).await.1, on_field("code", "CodeSpent"));
}

#[tokio::test]
async fn a_code_is_worth_nothing_for_another_attempt() {
    let app = TestApp::start().await;
    let (_, code) = ask(&app, ID, MOBILE).await;
    let (other, other_code) = ask(&app, OTHER_ID, OTHER_MOBILE).await;
    if code != other_code {
        assert_eq!(confirm(&app, other, &code).await.1, on_field("code", "CodeWrong"));
    }
    assert_eq!(confirm(&app, uuid::Uuid::new_v4(), &code).await.1, on_field("code", "CodeSpent"));
}

#[tokio::test]
async fn a_code_expires_after_five_minutes() {
    let app = TestApp::start().await;
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    app.clock.advance(Duration::minutes(5));
    assert_eq!(confirm(&app, attempt, &code).await.1, on_field("code", "CodeSpent"));

    let (attempt, code) = ask(&app, ID, MOBILE).await;
    app.clock.advance(Duration::minutes(5) - Duration::seconds(5));
    assert_eq!(confirm(&app, attempt, &code).await.0, StatusCode::OK);
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

#[tokio::test]
async fn a_code_is_read_in_any_digits() {
    let app = TestApp::start().await;
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    let arabic: String =
        code.chars().map(|c| char::from_u32(u32::from('٠') + c.to_digit(10).unwrap()).unwrap()).collect();
    assert_eq!(confirm(&app, attempt, &format!(" {arabic}\u{200F}")).await.0, StatusCode::OK);
}

#[tokio::test]
async fn too_many_codes_to_one_mobile_are_refused() {
    let app = TestApp::start().await;
    // The window is fixed: start at its beginning.
    let into = app.clock.now().unix_timestamp().rem_euclid(86_400);
    app.clock.advance(Duration::seconds(86_400 - into));
    let fields = [("national_id", ID), ("mobile", MOBILE)];
    for _ in 0..5 {
        assert_eq!(app.post("accounts/ask_code", None, &fields).await.0, StatusCode::OK);
    }
    let (status, answer) = app.post("accounts/ask_code", None, &fields).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer["TooMany"]["retry_after"].as_u64().is_some_and(|seconds| seconds <= 900), "{answer}");
    let other = [("national_id", ID), ("mobile", OTHER_MOBILE)];
    assert_eq!(app.post("accounts/ask_code", None, &other).await.0, StatusCode::OK, "another mobile is another's");

    app.clock.advance(Duration::minutes(15));
    for _ in 0..5 {
        assert_eq!(app.post("accounts/ask_code", None, &fields).await.0, StatusCode::OK);
    }
    app.clock.advance(Duration::minutes(15));
    assert_eq!(app.post("accounts/ask_code", None, &fields).await.0, StatusCode::TOO_MANY_REQUESTS, "ten a day");
}

#[tokio::test]
async fn too_many_codes_from_one_address_are_refused() {
    let app = TestApp::start().await;
    let into = app.clock.now().unix_timestamp().rem_euclid(900);
    app.clock.advance(Duration::seconds(900 - into));
    for serial in 0..100 {
        let mobile = format!("05{serial:08}");
        let answer = app.post("accounts/ask_code", None, &[("national_id", ID), ("mobile", &mobile)]).await;
        assert_eq!(answer.0, StatusCode::OK, "{serial}: {}", answer.1);
    }
    let answer = app.post("accounts/ask_code", None, &[("national_id", ID), ("mobile", "0500000100")]).await;
    assert_eq!(answer.0, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_new_code_comes_on_the_word_of_the_old_attempt() {
    let app = TestApp::start().await;
    let (first, _) = ask(&app, ID, MOBILE).await;
    app.clock.advance(Duration::minutes(6));
    let first = first.to_string();
    assert_eq!(app.post("accounts/ask_again", None, &[("attempt", &first)]).await.0, StatusCode::OK);
    let (second, code) = newest_code(&app, MOBILE).await;
    assert_ne!(second.to_string(), first);
    assert_eq!(confirm(&app, second, &code).await.0, StatusCode::OK);

    let used = second.to_string();
    assert_eq!(app.post("accounts/ask_again", None, &[("attempt", &used)]).await.1, refused("CodeSpent"));
    for unknown in ["x", "00000000-0000-0000-0000-000000000000"] {
        assert_eq!(app.post("accounts/ask_again", None, &[("attempt", unknown)]).await.1, refused("CodeSpent"));
    }
}
