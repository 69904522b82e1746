//! Passkeys, with an authenticator of its own in place of a device.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;
use webauthn_authenticator_rs::WebauthnAuthenticator;
use webauthn_authenticator_rs::softpasskey::SoftPasskey;
use webauthn_rs::prelude::Url;

use super::{Officer, needed, refused};
use crate::access::Role;
use crate::testing::TestApp;

type Device = SoftPasskey;

const HERE: &str = "http://localhost:3000";

fn device() -> Device {
    SoftPasskey::new(true)
}

/// What a device at a site answers to a challenge of the portal.
fn made(device: &mut Device, site: &str, challenge: &Value) -> String {
    let options = serde_json::from_value(json!({ "publicKey": parsed(challenge) })).unwrap();
    serde_json::to_string(&device.do_registration(Url::parse(site).unwrap(), options).unwrap()).unwrap()
}

fn used(device: &mut Device, site: &str, challenge: &Value) -> String {
    let options = serde_json::from_value(json!({ "publicKey": parsed(challenge) })).unwrap();
    serde_json::to_string(&device.do_authentication(Url::parse(site).unwrap(), options).unwrap()).unwrap()
}

/// The function answers with JSON in a string.
fn parsed(challenge: &Value) -> Value {
    serde_json::from_str(challenge.as_str().unwrap()).unwrap()
}

async fn add(app: &TestApp, officer: &mut Officer, device: &mut Device) -> (StatusCode, Value) {
    let challenge = officer.call(app, "second_factor/begin_passkey", &[]).await;
    assert_eq!(challenge.0, StatusCode::OK, "{challenge:?}");
    let credential = made(device, HERE, &challenge.1);
    officer.call(app, "second_factor/add_passkey", &[("credential", &credential)]).await
}

async fn sign_in_again(app: &TestApp, officer: &mut Officer) {
    officer.cookie = format!("session={}", app.sign_in_by_code(officer.person).await);
}

#[tokio::test]
async fn a_passkey_is_added_and_passes_from_then_on() {
    let app = TestApp::start().await;
    let (mut officer, mut device) = (Officer::new(&app, Role::Reviewer).await, device());
    assert_eq!(add(&app, &mut officer, &mut device).await.0, StatusCode::OK);
    assert_eq!(officer.desk(&app, "review/desk").await, StatusCode::OK);
    sign_in_again(&app, &mut officer).await;
    assert_eq!(officer.desk(&app, "review/desk").await, StatusCode::FORBIDDEN);
    for _ in 0..2 {
        let challenge = officer.call(&app, "second_factor/ask_passkey", &[]).await.1;
        let answer = used(&mut device, HERE, &challenge);
        let passed = officer.call(&app, "second_factor/use_passkey", &[("credential", &answer)]).await;
        assert_eq!(passed.0, StatusCode::OK, "{passed:?}");
        assert_eq!(officer.desk(&app, "review/desk").await, StatusCode::OK);
    }
    assert!(!officer.standing(&app).await["passkeys"][0]["used_at"].is_null());
}

#[tokio::test]
async fn an_answer_counts_once_and_in_its_own_sign_in() {
    let app = TestApp::start().await;
    let (mut officer, mut device) = (Officer::new(&app, Role::Reviewer).await, device());
    add(&app, &mut officer, &mut device).await;
    sign_in_again(&app, &mut officer).await;
    let challenge = officer.call(&app, "second_factor/ask_passkey", &[]).await.1;
    let answer = used(&mut device, HERE, &challenge);

    let token = app.sign_in_by_code(officer.person).await;
    let mut elsewhere = Officer { person: officer.person, cookie: format!("session={token}") };
    elsewhere.call(&app, "second_factor/ask_passkey", &[]).await;
    let moved = elsewhere.call(&app, "second_factor/use_passkey", &[("credential", &answer)]).await;
    assert_eq!(moved.1, refused("PasskeyRefused"), "an answer to another challenge");

    let passed = officer.call(&app, "second_factor/use_passkey", &[("credential", &answer)]).await;
    assert_eq!(passed.0, StatusCode::OK, "{passed:?}");
    let again = officer.call(&app, "second_factor/use_passkey", &[("credential", &answer)]).await;
    assert_eq!(again.1, refused("PasskeyRefused"), "its challenge is used up");
}

#[tokio::test]
async fn a_challenge_waits_five_minutes() {
    let app = TestApp::start().await;
    let (mut officer, mut device) = (Officer::new(&app, Role::Reviewer).await, device());
    add(&app, &mut officer, &mut device).await;
    let challenge = officer.call(&app, "second_factor/ask_passkey", &[]).await.1;
    let answer = used(&mut device, HERE, &challenge);
    app.clock.advance(Duration::minutes(5) + Duration::SECOND);
    let late = officer.call(&app, "second_factor/use_passkey", &[("credential", &answer)]).await;
    assert_eq!(late.1, refused("PasskeyRefused"));
}

#[tokio::test]
async fn an_answer_given_to_another_site_is_refused() {
    let app = TestApp::start().await;
    let (mut officer, mut device) = (Officer::new(&app, Role::Reviewer).await, device());
    add(&app, &mut officer, &mut device).await;
    sign_in_again(&app, &mut officer).await;
    let challenge = officer.call(&app, "second_factor/ask_passkey", &[]).await.1;
    // The same host at another port is another origin; a browser would refuse other hosts by itself.
    let answer = used(&mut device, "http://localhost:4000", &challenge);
    let phished = officer.call(&app, "second_factor/use_passkey", &[("credential", &answer)]).await;
    assert_eq!(phished.1, refused("PasskeyRefused"));
    assert_eq!(officer.desk(&app, "review/desk").await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn anothers_passkey_does_not_pass() {
    let app = TestApp::start().await;
    let (mut one, mut other) = (Officer::new(&app, Role::Reviewer).await, Officer::new(&app, Role::Reviewer).await);
    let (mut first, mut second) = (device(), device());
    add(&app, &mut one, &mut first).await;
    add(&app, &mut other, &mut second).await;
    sign_in_again(&app, &mut one).await;
    let theirs = other.call(&app, "second_factor/ask_passkey", &[]).await.1;
    one.call(&app, "second_factor/ask_passkey", &[]).await;
    let answer = used(&mut second, HERE, &theirs);
    let passed = one.call(&app, "second_factor/use_passkey", &[("credential", &answer)]).await;
    assert_eq!(passed.1, refused("PasskeyRefused"));
}

#[tokio::test]
async fn the_last_factor_stays() {
    let app = TestApp::start().await;
    let (mut officer, mut device) = (Officer::new(&app, Role::Reviewer).await, device());
    add(&app, &mut officer, &mut device).await;
    let id = officer.standing(&app).await["passkeys"][0]["id"].as_str().unwrap().to_owned();
    let last = officer.call(&app, "second_factor/remove_passkey", &[("passkey", &id)]).await;
    assert_eq!(last.1, refused("LastFactor"));
    officer.make_codes(&app).await;
    let mut other = Officer::new(&app, Role::Reviewer).await;
    other.make_codes(&app).await;
    let answer = other.call(&app, "second_factor/remove_passkey", &[("passkey", &id)]).await;
    assert_eq!(answer.0, StatusCode::NOT_FOUND, "somebody else's");
    app.clock.advance(Duration::minutes(11));
    let stale = officer.call(&app, "second_factor/remove_passkey", &[("passkey", &id)]).await;
    assert_eq!(stale, (StatusCode::FORBIDDEN, needed()));
    let challenge = officer.call(&app, "second_factor/ask_passkey", &[]).await.1;
    let answer = used(&mut device, HERE, &challenge);
    officer.call(&app, "second_factor/use_passkey", &[("credential", &answer)]).await;
    let removed = officer.call(&app, "second_factor/remove_passkey", &[("passkey", &id)]).await;
    assert_eq!(removed.0, StatusCode::OK);
    assert_eq!(officer.standing(&app).await["passkeys"], json!([]));
}

#[tokio::test]
async fn what_is_no_answer_is_refused_as_malformed() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Reviewer).await;
    officer.call(&app, "second_factor/begin_passkey", &[]).await;
    let answer = officer.call(&app, "second_factor/add_passkey", &[("credential", "{}")]).await;
    assert_eq!(answer, (StatusCode::BAD_REQUEST, json!("Malformed")));
    let none = officer.call(&app, "second_factor/ask_passkey", &[]).await;
    assert_eq!(none.1, refused("PasskeyRefused"), "there is none to ask for");
}
