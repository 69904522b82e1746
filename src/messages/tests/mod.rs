//! Telling people, against a real database and gateways that answer as they are told.

mod cap;
mod dead;
mod failed_jobs;
mod gateway;
mod inbox;
mod language;
mod lists;
mod quiet;
mod reminders;
pub mod sending;
mod sequences;
mod states;
mod templates;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use uuid::Uuid;

use super::job;
use super::store::{self, Channel, Outgoing};
use super::templates::Telling;
use crate::testing::TestApp;

const MOBILE: &str = "+966500000001";

/// Something that people are told, by text message and by e-mail.
const TOLD: Telling<'static> = Telling::RequestReturned { number: "1234567890" };

/// Tells a person something at the time of the app's clock.
async fn tell(app: &TestApp, person: Uuid) {
    let mut tx = app.pool.begin().await.unwrap();
    store::tell(&mut tx, &app.state.config.keys, person, &TOLD, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A text message to nobody's account, of use at any time.
async fn enqueue(app: &TestApp, channel: Channel, recipient: &str) {
    let mut tx = app.pool.begin().await.unwrap();
    let message =
        Outgoing { person: None, channel, recipient, template: "test", body: "الرمز 123456", useful_until: None };
    store::enqueue(&mut tx, &app.state.config.keys, &message, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Switches quiet hours off, for tests that must send at whatever hour they run.
async fn without_quiet_hours(app: &TestApp) {
    for key in ["quiet_from_hour", "quiet_until_hour"] {
        setting(app, key, 0).await;
    }
}

async fn setting(app: &TestApp, key: &str, value: i32) {
    sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ($1, $2, $3)")
        .bind(key)
        .bind(value)
        .bind(app.clock.now())
        .execute(&app.pool)
        .await
        .unwrap();
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.owner).await.unwrap()
}

/// The deliveries of a person, by channel: their ids and states.
async fn deliveries(app: &TestApp, person: Uuid) -> Vec<(Uuid, String, String)> {
    sqlx::query_as(
        "SELECT d.id, d.channel, d.state FROM deliveries d JOIN messages m ON m.id = d.message_id
         WHERE m.person_id = $1 ORDER BY m.created_at, d.channel DESC",
    )
    .bind(person)
    .fetch_all(&app.owner)
    .await
    .unwrap()
}

/// Does what the job of a delivery does.
async fn send(app: &TestApp, delivery: Uuid) -> Option<String> {
    job::send(&app.state, delivery).await.unwrap()
}

/// Posts a form as a browser without JavaScript does, from a page; returns where it is led.
async fn post_plain(app: &TestApp, endpoint: &str, page: &str, cookie: &str, body: String) -> String {
    let request = Request::post(format!("/api/{endpoint}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, format!("http://localhost:3000{page}"))
        .header(header::COOKIE, cookie)
        .body(Body::from(body))
        .unwrap();
    let response = app.send(request).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()[header::LOCATION].to_str().unwrap().to_owned()
}
