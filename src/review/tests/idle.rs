//! A claim is let go half an hour after the last act of its reviewer.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{approve, take, undo, waiting};
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::review::store::{self, release_idle};
use crate::testing::{TestApp, scale};

/// Opens the page of a request, as the desk does.
async fn open(app: &TestApp, reviewer: Uuid, number: &str) -> Result<(), AppError> {
    let mut connection = app.pool.acquire().await.unwrap();
    store::request(&mut connection, reviewer, number, Locale::ar, app.clock.now()).await.map(drop)
}

async fn holder(app: &TestApp, number: &str) -> Option<Uuid> {
    sqlx::query_scalar("SELECT claimed_by FROM licence_requests WHERE number = $1")
        .bind(number)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

/// What the job of every minute does.
async fn tidy(app: &TestApp) {
    let mut tx = app.pool.begin().await.unwrap();
    release_idle(&mut tx, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn who_looks_at_a_request_keeps_it() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    take(&app, one).await;
    for _ in 0..3 {
        app.clock.advance(Duration::minutes(29));
        let cookie = app.sign_in(one).await;
        let (status, _) = app.get(&format!("/api/review/request?number={number}"), Some(&cookie)).await;
        assert_eq!(status, StatusCode::OK);
        tidy(&app).await;
        assert_eq!(take(&app, two).await, None, "long after the claim began, and not idle");
    }
    let cookie = app.sign_in(two).await;
    assert!(app.get("/api/review/desk", Some(&cookie)).await.1.contains("\"waiting\":0"));
    app.clock.advance(Duration::minutes(31));
    let cookie = app.sign_in(two).await;
    assert!(app.get("/api/review/desk", Some(&cookie)).await.1.contains("\"waiting\":1"));
    assert_eq!(take(&app, two).await, Some(number));
}

#[tokio::test]
async fn who_undoes_a_decision_keeps_the_request() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let one = app.staff(Role::Reviewer).await;
    take(&app, one).await;
    app.clock.advance(Duration::minutes(25));
    let decision = approve(&app, one, &number).await.unwrap();
    app.clock.advance(Duration::seconds(5));
    undo(&app, one, decision).await.unwrap();
    app.clock.advance(Duration::minutes(20));
    tidy(&app).await;
    assert_eq!(holder(&app, &number).await, Some(one));
    app.clock.advance(Duration::minutes(11));
    tidy(&app).await;
    assert_eq!(holder(&app, &number).await, None);
}

#[tokio::test]
async fn a_late_act_does_not_get_a_request_back() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    take(&app, one).await;
    app.clock.advance(Duration::minutes(31));
    assert_eq!(take(&app, two).await, Some(number.clone()));
    assert_eq!(open(&app, one, &number).await, Problem::RequestTakenBack.refused());
    let cookie = app.sign_in(one).await;
    let (status, answer) = app.post("review/approve", Some(&cookie), &[("number", &number)]).await;
    assert_eq!((status, answer), (StatusCode::CONFLICT, json!({ "Refused": "RequestTakenBack" })));
    assert_eq!(holder(&app, &number).await, Some(two));
    // And it is no act of the one who holds it now.
    app.clock.advance(Duration::minutes(31));
    assert_eq!(open(&app, one, &number).await, Problem::RequestTakenBack.refused());
    tidy(&app).await;
    assert_eq!(holder(&app, &number).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_late_act_and_who_takes_the_request_one_has_it() {
    let app = TestApp::start().await;
    for _ in 0..scale(12, 100) {
        let (_, number) = waiting(&app).await;
        let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
        assert_eq!(take(&app, one).await, Some(number.clone()));
        app.clock.advance(Duration::minutes(31));
        let (opened, taken) = tokio::join!(open(&app, one, &number), take(&app, two));
        let held = holder(&app, &number).await;
        match opened {
            Ok(()) if held == Some(one) => assert_eq!(taken, None),
            // Opened a moment before it was known to be idle and taken.
            Ok(()) => panic!("kept by {one}, and yet held by {held:?}"),
            Err(error) => {
                assert_eq!(error, AppError::Refused(Problem::RequestTakenBack));
                assert_eq!((taken, held), (Some(number.clone()), Some(two)));
            }
        }
        // Out of the way of the next.
        let of = held.unwrap();
        approve(&app, of, &number).await.unwrap();
    }
}
