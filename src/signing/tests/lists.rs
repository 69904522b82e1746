//! Status lists as a verifier fetches them.

use axum::http::{StatusCode, header};
use time::Duration;
use time::macros::datetime;

use super::places::place;
use super::{fetch, trusted};
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, ready};
use crate::oversight::tests::{corrected, restored, revoked, suspended};
use crate::signing::model::{ENTRIES, Place, Purpose, StatusList};
use crate::testing::TestApp;

async fn list(app: &TestApp, purpose: Purpose, list: u32) -> StatusList {
    let (status, _, body) = fetch(app, &format!("/status/{}/{list}", purpose.code()), None).await;
    assert_eq!(status, StatusCode::OK);
    StatusList::verify(&body, &trusted(app).await).ok().unwrap()
}

/// Whether a licence is told to be revoked, and suspended.
pub async fn told(app: &TestApp, number: &LicenceNumber) -> (bool, bool) {
    let place = place(app, number).await;
    let [revoked, suspended] = [
        list(app, Purpose::Revocation, place.list).await.is_set(place),
        list(app, Purpose::Suspension, place.list).await.is_set(place),
    ];
    (revoked, suspended)
}

/// A licence of somebody.
pub async fn one(app: &TestApp) -> LicenceNumber {
    let person = ready(app, LicenceKind::Practitioner).await;
    licensed(app, person, LicenceKind::Practitioner, app.clock.now()).await
}

#[tokio::test]
async fn what_is_revoked_or_suspended_is_told_at_once_and_of_nobody_else() {
    let app = TestApp::start().await;
    let (bystander, number) = (one(&app).await, one(&app).await);
    assert_eq!(told(&app, &number).await, (false, false));
    suspended(&app, &number).await;
    assert_eq!(told(&app, &number).await, (false, true));
    restored(&app, &number).await;
    assert_eq!(told(&app, &number).await, (false, false));
    suspended(&app, &number).await;
    revoked(&app, &number).await;
    assert_eq!(told(&app, &number).await, (true, false));
    assert_eq!(told(&app, &bystander).await, (false, false));
    let whole = list(&app, Purpose::Revocation, 1).await;
    let set = (0..ENTRIES).filter(|index| whole.is_set(Place { list: 1, index: *index })).count();
    assert_eq!(set, 1);
}

#[tokio::test]
async fn what_a_correction_replaced_is_told_as_revoked() {
    let app = TestApp::start().await;
    let first = one(&app).await;
    let second = corrected(&app, &first).await;
    assert_eq!((told(&app, &first).await, told(&app, &second).await), ((true, false), (false, false)));
    suspended(&app, &second).await;
    assert_eq!((told(&app, &first).await, told(&app, &second).await), ((true, false), (false, true)));
}

#[tokio::test]
async fn what_was_erased_is_told_as_revoked() {
    let app = TestApp::start().await;
    let (bystander, number) = (one(&app).await, one(&app).await);
    let mut tx = app.pool.begin().await.unwrap();
    let holder: uuid::Uuid = sqlx::query_scalar("SELECT person_id FROM licences WHERE number = $1")
        .bind(number.digits())
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    sqlx::query("SELECT set_config('rukhsa.person', $1, true), close_account($2, $3, '{}')")
        .bind(holder.to_string())
        .bind(holder)
        .bind(app.clock.now())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(told(&app, &number).await, (true, false));
    assert_eq!(told(&app, &bystander).await, (false, false));
}

#[tokio::test]
async fn a_list_says_what_the_standard_wants_and_is_asked_for_anew_each_second() {
    let app = TestApp::start_with(&[("RUKHSA_MODE", "development"), ("RUKHSA_ORIGIN", "https://rukhsa.example")]).await;
    app.clock.stand_at(datetime!(2026-11-20 12:00:30 UTC));
    let number = one(&app).await;
    let (_, headers, body) = fetch(&app, "/status/suspension/1", None).await;
    for (name, value) in [
        (header::CONTENT_TYPE, "application/vc+jwt"),
        (header::CACHE_CONTROL, "public, max-age=1, must-revalidate"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ] {
        assert_eq!(headers[&name], value);
    }
    assert!(!headers.contains_key(header::SET_COOKIE));
    let payload = body.split('.').nth(1).unwrap();
    let payload = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, payload).unwrap();
    let mut credential: serde_json::Value = serde_json::from_slice(&payload).unwrap();
    assert!(credential["credentialSubject"]["encodedList"].take().as_str().unwrap().starts_with("uH4sI"), "gzip");
    assert_eq!(
        credential,
        serde_json::json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": "https://rukhsa.example/status/suspension/1",
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": "https://rukhsa.example",
            "validFrom": "2026-11-20T12:00:00Z",
            "iat": 1_795_176_000,
            "credentialSubject": {
                "id": "https://rukhsa.example/status/suspension/1#list",
                "type": "BitstringStatusList",
                "statusPurpose": "suspension",
                "encodedList": null,
                "ttl": 3_600_000,
            },
        })
    );

    let tag = headers[header::ETAG].to_str().unwrap().to_owned();
    app.clock.advance(Duration::seconds(29));
    let (status, again, nothing) = fetch(&app, "/status/suspension/1", Some(&tag)).await;
    assert_eq!(
        (status, nothing.as_str(), &again[header::ETAG]),
        (StatusCode::NOT_MODIFIED, "", &headers[header::ETAG])
    );
    suspended(&app, &number).await;
    assert_eq!(fetch(&app, "/status/suspension/1", Some(&tag)).await.0, StatusCode::OK);
}

#[tokio::test]
async fn lists_that_are_not_there_are_not_found() {
    let app = TestApp::start().await;
    assert_eq!(fetch(&app, "/status/revocation/1", None).await.0, StatusCode::NOT_FOUND, "nothing was issued");
    one(&app).await;
    assert_eq!(fetch(&app, "/status/revocation/1", None).await.0, StatusCode::OK);
    for path in
        ["revocation/0", "revocation/2", "revocation/01", "revocation/-1", "revocation/99999999999", "refresh/1"]
    {
        assert_eq!(fetch(&app, &format!("/status/{path}"), None).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}
