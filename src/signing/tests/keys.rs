//! Publishing keys and retiring them.

use axum::http::{StatusCode, header};
use time::Duration;
use time::macros::datetime;

use super::lists::one;
use super::{fetch, trusted};
use crate::error::AppError;
use crate::history::{latest, sequence};
use crate::licences::model::LicenceKind;
use crate::licences::tests::qr::address_of;
use crate::licences::tests::{licensed, ready, together};
use crate::oversight::tests::{restored, suspended};
use crate::server::config::Config;
use crate::server::signing_keys::{SigningKey, SigningKeys};
use crate::server::state::AppState;
use crate::signing::store::{self, Standing};
use crate::signing::{NotPublished, publish, signing_key};
use crate::testing::TestApp;

/// The same portal with other keys, as another instance of the server has it.
fn instance(app: &TestApp, years: &[i32]) -> AppState {
    let list: Vec<String> = years.iter().map(|year| SigningKey::generate(*year).unwrap()).collect();
    let signing_keys = SigningKeys::parse(&list.join(",")).unwrap();
    AppState { config: Config { signing_keys, ..(*app.state.config).clone() }.into(), ..app.state.clone() }
}

async fn published(app: &TestApp) -> Vec<String> {
    let keys = store::published(&mut app.pool.acquire().await.unwrap()).await.unwrap();
    keys.into_iter().map(|key| key.kid).collect()
}

fn kid(state: &AppState, year: i32) -> String {
    state.config.signing_keys.signing_in(year).unwrap().id()
}

#[tokio::test]
async fn anybody_fetches_the_keys_of_this_year_and_the_next_without_a_cookie() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2027-12-01 0:00 +3));
    assert_eq!(trusted(&app).await.len(), 2);
    let (_, headers, body) = fetch(&app, "/.well-known/jwks.json", None).await;
    assert_eq!(headers[header::CONTENT_TYPE], "application/jwk-set+json");
    assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=3600");
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(!headers.contains_key(header::SET_COOKIE));
    let key = &serde_json::from_str::<serde_json::Value>(&body).unwrap()["keys"][1];
    let next = app.state.config.signing_keys.signing_in(2028).unwrap();
    let members = ["kty", "crv", "use", "alg", "kid"].map(|name| key[name].as_str().unwrap());
    assert_eq!(members, ["OKP", "Ed25519", "sig", "EdDSA", &next.id()]);
    // A private key would have a `d`.
    assert_eq!(key.as_object().unwrap().len(), 6);
    let (status, _, nothing) = fetch(&app, "/.well-known/jwks.json", headers[header::ETAG].to_str().ok()).await;
    assert_eq!((status, nothing.as_str()), (StatusCode::NOT_MODIFIED, ""));
}

#[tokio::test]
async fn publishing_again_changes_nothing() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2026-05-01 0:00 UTC));
    publish(&app.state).await.unwrap();
    let before = published(&app).await;
    publish(&app.state).await.unwrap();
    assert_eq!(published(&app).await, before);
    assert_eq!(before, [kid(&app.state, 2026), kid(&app.state, 2027)]);
}

#[tokio::test]
async fn of_instances_with_different_keys_of_a_year_one_starts() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2026-05-01 0:00 UTC));
    let instances: Vec<AppState> = (0..6).map(|_| instance(&app, &[2026])).collect();
    let started = together(instances.iter().map(publish)).await;
    assert_eq!(started.iter().filter(|one| one.is_ok()).count(), 1);
    assert!(started.iter().all(|one| matches!(one, Ok(()) | Err(NotPublished::Another(2026)))));
    let winner = started.iter().position(Result::is_ok).unwrap();
    assert_eq!(published(&app).await, [kid(&instances[winner], 2026)]);
}

#[tokio::test]
async fn a_server_without_a_key_of_a_year_that_has_begun_does_not_start() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2026-12-31 20:59 UTC));
    let early = instance(&app, &[2027]);
    assert!(matches!(publish(&early).await, Err(NotPublished::NoneBegun(2026))));
    app.clock.advance(Duration::minutes(1));
    publish(&early).await.unwrap();
}

#[tokio::test]
async fn a_stolen_key_is_retired_and_another_takes_its_year() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2026-05-01 0:00 UTC));
    let (stolen, fresh) = (instance(&app, &[2026]), instance(&app, &[2026]));
    publish(&stolen).await.unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    let id = kid(&stolen, 2026);
    assert!(store::retire(&mut connection, &id, app.clock.now()).await.unwrap());
    assert!(!store::retire(&mut connection, &id, app.clock.now()).await.unwrap(), "once");
    assert!(matches!(publish(&stolen).await, Err(NotPublished::Retired(2026))));
    assert!(published(&app).await.is_empty());
    publish(&fresh).await.unwrap();
    assert_eq!(published(&app).await, [kid(&fresh, 2026)]);
}

#[tokio::test]
async fn a_server_that_runs_signs_nothing_more_with_a_key_that_is_retired() {
    let app = TestApp::start_with(&[("RUKHSA_MODE", "development"), ("RUKHSA_ORIGIN", "https://rukhsa.example")]).await;
    app.clock.stand_at(datetime!(2026-11-20 12:00 UTC));
    let (number, now) = (one(&app).await, app.clock.now());
    publish(&app.state).await.unwrap();
    let live = format!("https://rukhsa.example/v/{}", number.digits());
    let credential = format!("/account/licences/{}/credential.jwt", number.digits());
    let receipt = format!("/verify/{}/on.jws?date=2026-11-19", number.digits());
    let holder = sqlx::query_scalar("SELECT person_id FROM licences").fetch_one(&app.owner).await.unwrap();
    let cookie = format!("__Host-{}", app.sign_in(holder).await);
    let is_signed = async || {
        let list = fetch(&app, "/status/revocation/1", None).await.0;
        let (credential, receipt) = (app.get(&credential, Some(&cookie)).await.0, app.get(&receipt, None).await.0);
        (address_of(&app, &number).await.contains('#'), list, credential, receipt, latest(&app.state).await.map(drop))
    };
    let (ok, gone) = (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(is_signed().await, (true, ok, ok, ok, Ok(())));
    let mut connection = app.pool.acquire().await.unwrap();
    assert!(store::retire(&mut connection, &kid(&app.state, 2026), now).await.unwrap());
    suspended(&app, &number).await;
    restored(&app, &number).await;
    sequence(&app.state).await.unwrap();
    assert_eq!(is_signed().await, (false, gone, gone, gone, Err(AppError::Unavailable)));
    assert_eq!(address_of(&app, &number).await, live, "the page still answers live");
    // Another instance that was given a new key goes on; one with a third does not.
    let [fresh, third] = [(); 2].map(|()| instance(&app, &[2026]));
    publish(&fresh).await.unwrap();
    assert!(signing_key(&mut connection, &fresh, now).await.is_ok());
    assert_eq!(signing_key(&mut connection, &third, now).await.err(), Some(AppError::Unavailable));
}

#[tokio::test]
async fn a_key_is_kept_until_the_last_licence_it_may_have_signed_has_ended() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2026-12-20 9:00 UTC));
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    publish(&instance(&app, &[2026, 2027])).await.unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    for (now, kept) in [
        (datetime!(2026-12-31 20:59 UTC), 2),
        (datetime!(2027-06-01 0:00 UTC), 2),
        // Its last day is 19 December 2028, in Riyadh. Nothing was issued in 2027.
        (datetime!(2028-12-19 20:59 UTC), 2),
        (datetime!(2028-12-19 21:00 UTC), 0),
    ] {
        store::retire_unneeded(&mut connection, now).await.unwrap();
        assert_eq!(published(&app).await.len(), kept, "{now}");
    }
}

#[tokio::test]
async fn a_published_key_is_neither_rewritten_nor_deleted() {
    let app = TestApp::start().await;
    publish(&app.state).await.unwrap();
    for statement in [
        "UPDATE signing_keys SET public_key = sha256(public_key)",
        "UPDATE signing_keys SET year = year + 10",
        "UPDATE signing_keys SET published_at = published_at - interval '1 day'",
        "DELETE FROM signing_keys",
    ] {
        for pool in [&app.pool, &app.owner] {
            assert!(sqlx::query(statement).execute(pool).await.is_err(), "{statement}");
        }
    }
    sqlx::query("UPDATE signing_keys SET retired_at = published_at").execute(&app.pool).await.unwrap();
    let back = sqlx::query("UPDATE signing_keys SET retired_at = NULL").execute(&app.pool).await;
    assert!(back.is_err(), "a key that was retired stays so");
}

#[tokio::test]
async fn no_two_keys_share_an_id() {
    let app = TestApp::start().await;
    let [one, other] = [2026, 2027].map(|year| instance(&app, &[year]).config.signing_keys.signing_in(year).unwrap());
    let mut connection = app.pool.acquire().await.unwrap();
    sqlx::query("INSERT INTO signing_keys (kid, year, public_key, published_at) VALUES ($1, 2026, $2, now())")
        .bind(other.id())
        .bind(one.public())
        .execute(&mut *connection)
        .await
        .unwrap();
    assert_eq!(store::publish(&mut connection, &other, app.clock.now()).await.unwrap(), Standing::Another);
}
