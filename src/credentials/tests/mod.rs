//! Credentials: what they say, whose they are, and what they are worth.

mod contents;
mod files;
mod others;
mod signatures;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use uuid::Uuid;

use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, ready};
use crate::testing::TestApp;

const ORIGIN: &str = "https://rukhsa.example";

/// A portal at [`ORIGIN`].
async fn start() -> TestApp {
    TestApp::start_with(&[("RUKHSA_MODE", "development"), ("RUKHSA_ORIGIN", ORIGIN)]).await
}

/// Somebody with a practitioner licence.
async fn holder(app: &TestApp) -> (Uuid, LicenceNumber) {
    let person = ready(app, LicenceKind::Practitioner).await;
    (person, licensed(app, person, LicenceKind::Practitioner, app.clock.now()).await)
}

fn address(number: &LicenceNumber) -> String {
    format!("/account/licences/{}/credential.jwt", number.digits())
}

/// The credential that a holder downloads.
async fn downloaded(app: &TestApp, person: Uuid, number: &LicenceNumber) -> String {
    let cookie = format!("__Host-{}", app.sign_in(person).await);
    let (status, credential) = app.get(&address(number), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK, "{credential}");
    credential
}

/// A part of a credential: 0 the header, 1 the payload.
fn part(credential: &str, at: usize) -> Value {
    let part = credential.split('.').nth(at).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}
