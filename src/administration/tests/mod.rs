//! The administrator's desk and data rights against a real database.

mod access_log;
mod audit;
mod closing;
mod held;
mod held_tables;
mod lists;
mod people;
mod settings;
mod staff;

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::Role;
use crate::testing::TestApp;

/// An administrator and the cookie that signs them in.
async fn administrator(app: &TestApp) -> (Uuid, String) {
    let person = app.staff(Role::Administrator).await;
    let cookie = app.sign_in(person).await;
    (person, cookie)
}

/// What a script is told of a refusal.
fn refused(problem: &str) -> (StatusCode, Value) {
    (StatusCode::CONFLICT, json!({ "Refused": problem }))
}

/// How many entries of the log have an action, whatever their subject.
async fn noted(app: &TestApp, action: &str) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = $1")
        .bind(action)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

/// How many entries of the log have an action and a subject.
async fn noted_of(app: &TestApp, action: &str, subject: Uuid) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = $1 AND subject_id = $2")
        .bind(action)
        .bind(subject)
        .fetch_one(&app.pool)
        .await
        .unwrap()
}
