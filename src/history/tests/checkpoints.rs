//! What is signed, how often, and by how many at once.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use time::Duration;
use time::macros::datetime;

use super::{fetched, hashes, keep, one};
use crate::history::model::{Checkpoint, root_by_definition};
use crate::history::{latest, sequence};
use crate::signing::tests::trusted;
use crate::testing::TestApp;

async fn kept(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM log_checkpoints").fetch_one(&app.pool).await.unwrap()
}

#[tokio::test]
async fn anybody_fetches_a_signed_checkpoint_without_a_cookie() {
    let app = TestApp::start_with(&[("RUKHSA_MODE", "development"), ("RUKHSA_ORIGIN", "https://rukhsa.example")]).await;
    app.clock.stand_at(datetime!(2026-11-28 06:00:00.25 UTC));
    assert_eq!(app.get("/log/checkpoint", None).await.0, StatusCode::NOT_FOUND);
    for _ in 0..3 {
        one(&app).await;
    }
    keep(&app).await;
    let request = Request::get("/log/checkpoint").header(header::HOST, "localhost:3000").body(Body::empty()).unwrap();
    let headers = app.send(request).await.headers().clone();
    assert_eq!(headers[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(!headers.contains_key(header::SET_COOKIE));
    let signed = Checkpoint::open(&fetched(&app).await, "rukhsa.example/log", &trusted(&app).await).unwrap();
    let root = root_by_definition(&hashes(&app).await);
    let at = datetime!(2026-11-28 06:00 UTC);
    assert_eq!(signed, Checkpoint { log: "rukhsa.example/log".to_owned(), size: 3, root, at });
}

#[tokio::test]
async fn a_checkpoint_is_signed_each_hour_and_for_whoever_needs_a_newer_one() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2026-11-28 06:00 UTC));
    keep(&app).await;
    one(&app).await;
    keep(&app).await;
    assert_eq!(kept(&app).await, 1, "of no leaves yet, and within the hour");
    assert_eq!((latest(&app.state).await.unwrap().size, kept(&app).await), (1, 2));
    app.clock.advance(Duration::minutes(59));
    keep(&app).await;
    latest(&app.state).await.unwrap();
    assert_eq!(kept(&app).await, 2, "nothing was added");
    app.clock.advance(Duration::minutes(1));
    keep(&app).await;
    assert_eq!(kept(&app).await, 3);
    let newest = fetched(&app).await;
    assert!(newest.contains("\n1\n") && newest.contains("time 2026-11-28T07:00:00Z"), "{newest}");
}

#[tokio::test]
async fn instances_at_once_sign_one_checkpoint() {
    let app = TestApp::start().await;
    for size in 1..4 {
        one(&app).await;
        sequence(&app.state).await.unwrap();
        let tasks = [(); 8].map(|()| {
            let state = app.state.clone();
            tokio::spawn(async move { latest(&state).await.unwrap().note })
        });
        let mut notes = Vec::new();
        for task in tasks {
            notes.push(task.await.unwrap());
        }
        notes.dedup();
        assert_eq!((notes.len(), kept(&app).await), (1, size));
    }
}

#[tokio::test]
async fn a_clock_that_is_behind_signs_no_earlier_than_was_signed() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2026-11-28 06:00 UTC));
    keep(&app).await;
    one(&app).await;
    sequence(&app.state).await.unwrap();
    app.clock.stand_at(datetime!(2026-11-28 05:59 UTC));
    assert_eq!(latest(&app.state).await.unwrap().signed_at, datetime!(2026-11-28 06:00 UTC));
}
