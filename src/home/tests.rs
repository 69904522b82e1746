//! The public pages' figures and terms against a real database.

mod feedback;

use axum::http::StatusCode;
use serde_json::Value;
use time::Duration;

use super::store;
use crate::access::Role;
use crate::calendar::riyadh_day;
use crate::testing::TestApp;

async fn figures(app: &TestApp) -> Value {
    let (status, body) = app.get("/api/home/figures", None).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str(&body).unwrap()
}

#[tokio::test]
async fn a_fresh_register_shows_noughts_and_no_waiting_time() {
    let app = TestApp::start().await;
    let figures = figures(&app).await;
    assert_eq!((&figures["valid_licences"], &figures["teams"]), (&0.into(), &0.into()));
    assert_eq!(figures["median_wait_minutes"], Value::Null);
}

#[tokio::test]
async fn the_figures_are_those_last_counted() {
    let app = TestApp::start().await;
    let mut connection = app.pool.acquire().await.unwrap();
    let mut counted = store::count(&mut connection, app.clock.now()).await.unwrap();
    counted.valid_licences = 41;
    store::keep(&mut connection, &counted).await.unwrap();
    assert_eq!(figures(&app).await["valid_licences"], 41);
    // A count that began earlier and ended later does not replace it.
    counted.valid_licences = 40;
    counted.counted_at -= Duration::seconds(1);
    store::keep(&mut connection, &counted).await.unwrap();
    assert_eq!(figures(&app).await["valid_licences"], 41);
}

#[tokio::test]
async fn the_next_session_is_one_that_can_be_enrolled_in() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme("team_leader").await;
    let soon = app.clock.now() + Duration::hours(12);
    let later = app.clock.now() + Duration::days(9);
    // Its enrolment ended a day before it starts: twelve hours ago.
    app.session_at(programme, 5, trainer, "online", soon).await;
    app.session_at(programme, 5, trainer, "online", later).await;
    let next = store::next_sessions(&mut app.pool.acquire().await.unwrap(), app.clock.now()).await.unwrap();
    assert_eq!(next.len(), 1);
    assert_eq!(riyadh_day(next[0].1), riyadh_day(later));
}

#[tokio::test]
async fn terms_follow_the_settings_of_the_kind() {
    let app = TestApp::start().await;
    sqlx::query(
        "INSERT INTO settings (key, kind, value, effective_from) VALUES ('fee_halalas', 'management', 5000, $1)",
    )
    .bind(app.clock.now())
    .execute(&app.pool)
    .await
    .unwrap();
    for (slug, fee) in [("management", 5000), ("team-leader", 0), ("practitioner", 0)] {
        let (status, body) = app.get(&format!("/api/home/terms?kind={slug}"), None).await;
        let terms: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, &terms["fee_halalas"]), (StatusCode::OK, &fee.into()), "{slug}");
        assert_eq!(terms["validity_months"], 24);
    }
    assert_eq!(app.get("/api/home/terms?kind=gold", None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_public_page_is_there_without_script() {
    let app = TestApp::start().await;
    for path in [
        "/",
        "/help",
        "/privacy",
        "/report-forgery",
        "/api",
        "/licences/practitioner",
        "/licences/team-leader",
        "/licences/management",
    ] {
        let (status, html) = app.get(path, None).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(html.contains("<h1"), "{path}");
    }
    assert_eq!(app.get("/licences/gold", None).await.0, StatusCode::NOT_FOUND);
}
