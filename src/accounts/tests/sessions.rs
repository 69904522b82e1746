//! Sign-ins seen and ended.

use axum::http::StatusCode;
use serde_json::Value;
use time::Duration;

use super::{ID, MOBILE, OTHER_ID, OTHER_MOBILE, ask, confirm, count, read, sign_in};
use crate::accounts::store::{codes, sessions as store};
use crate::testing::TestApp;

async fn sessions(app: &TestApp, cookie: &str) -> Vec<Value> {
    let (status, body) = read(app, "accounts/sign_ins", Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str::<Value>(&body).unwrap().as_array().unwrap().clone()
}

fn id_of(session: &Value) -> String {
    session["session"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_sign_in_is_listed_and_can_be_ended() {
    let app = TestApp::start().await;
    let first = sign_in(&app, ID, MOBILE).await;
    app.clock.advance(Duration::SECOND);
    let second = sign_in(&app, ID, MOBILE).await;
    let listed = sessions(&app, &second).await;
    assert_eq!(listed.len(), 2);
    assert_eq!(listed.iter().filter(|one| one["this_one"] == true).count(), 1);

    let other = listed.iter().find(|one| one["this_one"] == false).map(id_of).unwrap();
    assert_eq!(app.post("accounts/end_sign_in", Some(&second), &[("session", &other)]).await.0, StatusCode::OK);
    assert_eq!(read(&app, "accounts/home", Some(&first)).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(sessions(&app, &second).await.len(), 1);
    let again = app.post("accounts/end_sign_in", Some(&second), &[("session", &other)]).await;
    assert_eq!(again.0, StatusCode::NOT_FOUND, "it was ended before");
}

#[tokio::test]
async fn nobody_ends_or_sees_anothers_sign_in() {
    let app = TestApp::start().await;
    let mine = sign_in(&app, ID, MOBILE).await;
    let theirs = sign_in(&app, OTHER_ID, OTHER_MOBILE).await;
    let target = id_of(&sessions(&app, &theirs).await[0]);
    assert!(sessions(&app, &mine).await.iter().all(|one| id_of(one) != target));
    for session in [target.as_str(), "00000000-0000-0000-0000-000000000000", "x"] {
        let answer = app.post("accounts/end_sign_in", Some(&mine), &[("session", session)]).await;
        assert_eq!(answer.0, StatusCode::NOT_FOUND, "{session}");
    }
    let visitor = app.post("accounts/end_sign_in", None, &[("session", &target)]).await;
    assert_eq!(visitor.0, StatusCode::UNAUTHORIZED);
    assert_eq!(read(&app, "accounts/home", Some(&theirs)).await.0, StatusCode::OK);
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let app = TestApp::start().await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    assert_eq!(app.post("accounts/sign_out", Some(&cookie), &[]).await.0, StatusCode::OK);
    assert_eq!(read(&app, "accounts/home", Some(&cookie)).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(app.post("accounts/sign_out", Some(&cookie), &[]).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn signing_in_again_replaces_the_session() {
    let app = TestApp::start().await;
    let before = sign_in(&app, ID, MOBILE).await;
    app.clock.advance(Duration::SECOND);
    let (attempt, code) = ask(&app, ID, MOBILE).await;
    let fields = [("attempt", attempt.to_string()), ("code", code)];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(app.post("accounts/confirm_code", Some(&before), &fields).await.0, StatusCode::OK);
    assert_eq!(read(&app, "accounts/home", Some(&before)).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(confirm(&app, attempt, "000000").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_session_ends_idle_and_in_any_case() {
    let app = TestApp::start().await;
    let cookie = sign_in(&app, ID, MOBILE).await;
    for _ in 0..4 {
        app.clock.advance(Duration::days(6));
        assert_eq!(read(&app, "accounts/home", Some(&cookie)).await.0, StatusCode::OK, "used every six days");
    }
    app.clock.advance(Duration::days(6));
    assert_eq!(read(&app, "accounts/home", Some(&cookie)).await.0, StatusCode::UNAUTHORIZED, "thirty days at most");

    let cookie = sign_in(&app, ID, MOBILE).await;
    app.clock.advance(Duration::days(7) + Duration::SECOND);
    assert_eq!(read(&app, "accounts/home", Some(&cookie)).await.0, StatusCode::UNAUTHORIZED, "seven days without use");
}

#[tokio::test]
async fn old_sign_ins_and_codes_are_forgotten() {
    let app = TestApp::start().await;
    sign_in(&app, ID, MOBILE).await;
    app.clock.advance(Duration::days(31));
    let (kept, _) = ask(&app, OTHER_ID, OTHER_MOBILE).await;
    let mut connection = app.pool.acquire().await.unwrap();
    codes::sweep(&mut connection, app.clock.now()).await.unwrap();
    store::sweep(&mut connection, app.clock.now()).await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM sign_in_sessions").await, 0);
    let left: Vec<uuid::Uuid> = sqlx::query_scalar("SELECT id FROM code_attempts").fetch_all(&app.owner).await.unwrap();
    assert_eq!(left, [kept]);
}
