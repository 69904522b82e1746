//! Public verification against a real database.

mod erased;
mod everywhere;
mod expiry;
mod names;
mod numbers;
mod statuses;
mod stencils;

use axum::http::StatusCode;
use serde_json::Value;

use crate::licences::model::LicenceKind;
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;

async fn look_up(app: &TestApp, number: &str) -> (StatusCode, Value) {
    let (status, body) = app.get(&format!("/api/verification/look_up?number={number}"), None).await;
    (status, serde_json::from_str(&body).unwrap_or_default())
}
