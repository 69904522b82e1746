//! Accounts against a real database, asked over HTTP.

mod codes;
mod guardian;
mod home;
mod privacy;
mod profile;
mod roles;
mod sessions;
mod sign_in;
mod single_sign_on;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use crate::accounts::model::Mobile;
use crate::accounts::store::sealed;
use crate::server::keys::Purpose;
use crate::testing::TestApp;

/// Synthetic numbers of the documentation.
const ID: &str = "1000000008";
const OTHER_ID: &str = "2000000006";
const MOBILE: &str = "0512345678";
const OTHER_MOBILE: &str = "0598765432";

/// The newest attempt and the code sent for it, by the mobile they were sent to.
async fn newest_code(app: &TestApp, mobile: &str) -> (Uuid, String) {
    let keys = &app.state.config.keys;
    let mobile = Mobile::parse(mobile).ok().unwrap();
    let attempt =
        sqlx::query_scalar("SELECT id FROM code_attempts WHERE mobile_hash = $1 ORDER BY created_at DESC LIMIT 1")
            .bind(sealed::mobile(keys, &mobile).hash)
            .fetch_one(&app.owner)
            .await
            .unwrap();
    let body: Vec<u8> = sqlx::query_scalar(
        "SELECT m.body_sealed FROM messages m JOIN deliveries d ON d.message_id = m.id
         WHERE d.recipient_hash = $1 ORDER BY m.created_at DESC LIMIT 1",
    )
    .bind(keys.hash("recipient", mobile.as_str()))
    .fetch_one(&app.owner)
    .await
    .unwrap();
    let body = keys.open(Purpose::Message, &body).unwrap();
    let code = body.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).unwrap().to_owned();
    (attempt, code)
}

/// Asks for a code; returns the attempt and the code.
async fn ask(app: &TestApp, id: &str, mobile: &str) -> (Uuid, String) {
    let (status, answer) = app.post("accounts/ask_code", None, &[("national_id", id), ("mobile", mobile)]).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    newest_code(app, mobile).await
}

async fn confirm(app: &TestApp, attempt: Uuid, code: &str) -> (StatusCode, Value) {
    app.post("accounts/confirm_code", None, &[("attempt", &attempt.to_string()), ("code", code)]).await
}

/// Signs in over HTTP; returns the cookie header.
async fn sign_in(app: &TestApp, id: &str, mobile: &str) -> String {
    let (attempt, code) = ask(app, id, mobile).await;
    let body = format!("attempt={attempt}&code={code}");
    let request = Request::post("/api/accounts/confirm_code")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    let response = app.send(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// Calls a reading server function as a script does: its status and what it answered.
async fn read(app: &TestApp, call: &str, cookie: Option<&str>) -> (StatusCode, String) {
    let mut request = Request::get(format!("/api/{call}"))
        .header(header::ACCEPT, "application/json")
        .header(header::HOST, "localhost:3000");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1024 * 1024).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

/// A code that is not the right one.
fn wrong(code: &str) -> String {
    let first = (code.as_bytes()[0] - b'0' + 1) % 10;
    format!("{first}{}", &code[1..])
}

/// What a refused act says.
fn refused(problem: &str) -> Value {
    serde_json::json!({ "Refused": problem })
}

/// What a form says of one field.
fn on_field(field: &str, problem: &str) -> Value {
    serde_json::json!({ "Invalid": [{ "field": field, "problem": problem }] })
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&app.owner).await.unwrap()
}

/// The day some Gregorian years ago.
fn born_years_ago(app: &TestApp, years: i32) -> time::Date {
    let today = crate::calendar::riyadh_day(app.clock.now());
    today.replace_year(today.year() - years).unwrap_or(today - Duration::days(i64::from(years) * 365))
}
