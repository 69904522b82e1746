//! Looking back: one's own decisions, and how long requests waited.

use axum::http::StatusCode;
use serde_json::Value;
use time::Duration;

use super::{approve, decide, rejection, take, take_effect, undo, waiting};
use crate::access::Role;
use crate::testing::TestApp;

#[tokio::test]
async fn a_reviewer_finds_their_own_decisions_newest_first_page_by_page() {
    let app = TestApp::start().await;
    let (reviewer, other) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    let cookie = app.sign_in(reviewer).await;
    let (status, page) = app.get("/review/decisions", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("class=\"empty\""));
    // One request, decided and undone again and again.
    let (_, number) = waiting(&app).await;
    take(&app, reviewer).await;
    for _ in 0..22 {
        let decision = decide(&app, reviewer, &number, &rejection()).await.unwrap();
        undo(&app, reviewer, decision).await.unwrap();
    }
    approve(&app, reviewer, &number).await.unwrap();
    take_effect(&app, &number).await;
    let page = async |query: &str| -> Value {
        let (_, body) = app.get(&format!("/api/review/decisions?{query}"), Some(&cookie)).await;
        serde_json::from_str(&body).unwrap()
    };
    let first = page("").await;
    assert_eq!(first["decisions"].as_array().unwrap().len(), 20);
    assert_eq!(first["decisions"][0]["outcome"], "approved");
    assert_eq!(first["decisions"][0]["standing"], "effective");
    assert_eq!(first["decisions"][1]["standing"], "undone");
    let rest = page(&format!("after={}", first["next"].as_str().unwrap())).await;
    assert_eq!(rest["decisions"].as_array().unwrap().len(), 3);
    assert_eq!(rest["next"], Value::Null);
    assert_eq!(page("outcome=approved").await["decisions"].as_array().unwrap().len(), 1);
    let other = app.sign_in(other).await;
    let (_, none) = app.get("/api/review/decisions", Some(&other)).await;
    assert_eq!(none, "{\"decisions\":[],\"next\":null}");
    let (status, html) = app.get("/review/decisions?outcome=rejected", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains(&number) && html.contains("rel=\"next\""));
}

#[tokio::test]
async fn waiting_times_are_from_submission_to_effect() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    for hours in [1, 2, 3, 4, 10] {
        let (_, number) = waiting(&app).await;
        app.clock.advance(Duration::hours(hours));
        take(&app, reviewer).await;
        // What is undone counts nowhere.
        let undone = decide(&app, reviewer, &number, &rejection()).await.unwrap();
        undo(&app, reviewer, undone).await.unwrap();
        approve(&app, reviewer, &number).await.unwrap();
        take_effect(&app, &number).await;
    }
    let cookie = app.sign_in(reviewer).await;
    for path in ["/api/review/desk", "/api/home/figures"] {
        let (_, body) = app.get(path, Some(&cookie)).await;
        let figures: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(figures["median_wait_minutes"], 180, "{path}");
        // Nine tenths of the way between 4 and 10 hours, four and a half of five in order: 7 h 36 min.
        assert_eq!(figures["p90_wait_minutes"], 456, "{path}");
    }
    app.clock.advance(Duration::days(31));
    let cookie = app.sign_in(reviewer).await;
    let (_, body) = app.get("/api/review/desk", Some(&cookie)).await;
    assert!(body.contains("\"median_wait_minutes\":null"), "{body}");
}
