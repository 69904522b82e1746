//! One-time codes: once, for five minutes and five tries, and not too many of them.

use std::sync::Arc;

use axum::http::StatusCode;
use time::Duration;

use super::{ID, MOBILE, OTHER_ID, OTHER_MOBILE, ask, confirm, newest_code, on_field, refused, wrong};
use crate::testing::TestApp;

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
