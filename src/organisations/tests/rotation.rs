//! A signing secret that another follows: what is signed by which, who is shown it, and what racing and writing by hand make
//! of it.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use super::sending::{Told, header, hmac};
use super::{SECRET, administrator, count, endpoint, endpoints, is_over, organisation, read, send};
use crate::access::Role;
use crate::error::AppError;
use crate::licences::tests::together;
use crate::organisations::webhook::new_secret;
use crate::testing::TestApp;

const URL: &str = "https://example.org/hook";

async fn rotate(app: &TestApp, (endpoint, rotations): (Uuid, i32), secret: &str, by: Uuid) -> Result<Uuid, AppError> {
    let mut connection = app.pool.acquire().await.unwrap();
    let rotated = (endpoint, rotations, secret);
    endpoints::rotate(&mut connection, &app.state.config.keys, rotated, by, app.clock.now()).await
}

/// That the last delivery bears a signature by each of these secrets, in this order, and no other.
fn is_signed_by(told: &Told, secrets: &[&str]) {
    let received = told.receiver.received();
    let (headers, body) = received.last().unwrap();
    let signed = format!("{}.{}.{body}", header(headers, "webhook-id"), header(headers, "webhook-timestamp"));
    let each = secrets.iter().map(|secret| {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        format!("v1,{}", STANDARD.encode(hmac(&key, signed.as_bytes())))
    });
    assert_eq!(header(headers, "webhook-signature"), each.collect::<Vec<_>>().join(" "));
}

/// Sends a delivery that was sent before.
async fn again(told: &Told, delivery: Uuid) {
    told.replay(delivery).await.unwrap();
    assert_eq!(send(&told.app, delivery).await, None);
}

#[tokio::test]
async fn for_a_day_the_secret_before_signs_too() {
    let told = Told::start(StatusCode::OK).await;
    told.app.clock.stand_at(told.app.clock.now());
    let (by, delivery) = (told.app.staff(Role::Administrator).await, told.delivery().await);
    assert_eq!(send(&told.app, delivery).await, None);
    is_signed_by(&told, &[SECRET]);
    let new = new_secret();
    rotate(&told.app, (told.endpoint, 0), &new, by).await.unwrap();
    again(&told, delivery).await;
    is_signed_by(&told, &[&new, SECRET]);
    told.app.clock.advance(Duration::hours(24) - Duration::SECOND);
    again(&told, delivery).await;
    is_signed_by(&told, &[&new, SECRET]);
    told.app.clock.advance(Duration::SECOND);
    again(&told, delivery).await;
    is_signed_by(&told, &[&new]);
    assert_eq!(count(&told.app, "SELECT count(*) FROM webhook_old_secrets").await, 1);
    endpoints::sweep(&mut told.app.pool.acquire().await.unwrap(), told.app.clock.now()).await.unwrap();
    assert_eq!(count(&told.app, "SELECT count(*) FROM webhook_old_secrets").await, 0);
}

#[tokio::test]
async fn of_secrets_that_follow_each_other_fast_each_has_its_day() {
    let told = Told::start(StatusCode::OK).await;
    told.app.clock.stand_at(told.app.clock.now());
    let (by, delivery) = (told.app.staff(Role::Administrator).await, told.delivery().await);
    let [second, third] = [new_secret(), new_secret()];
    rotate(&told.app, (told.endpoint, 0), &second, by).await.unwrap();
    told.app.clock.advance(Duration::hours(2));
    rotate(&told.app, (told.endpoint, 1), &third, by).await.unwrap();
    assert_eq!(send(&told.app, delivery).await, None);
    is_signed_by(&told, &[&third, &second, SECRET]);
    told.app.clock.advance(Duration::hours(22));
    again(&told, delivery).await;
    is_signed_by(&told, &[&third, &second]);
}

#[tokio::test]
async fn of_many_who_replace_one_secret_at_once_one_does() {
    let app = TestApp::start().await;
    let endpoint = endpoint(&app, organisation(&app).await, URL).await;
    let (by, secret) = (app.staff(Role::Administrator).await, new_secret());
    let all = together((0..6).map(|_| rotate(&app, (endpoint, 0), &secret, by))).await;
    assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1);
    assert!(all.into_iter().filter(Result::is_err).all(is_over));
    assert_eq!(count(&app, "SELECT count(*) FROM webhook_old_secrets").await, 1);
    assert_eq!(count(&app, "SELECT rotations::bigint FROM webhook_endpoints").await, 1);
}

#[tokio::test]
async fn a_new_secret_is_shown_to_who_made_it_alone_in_place_of_the_one_before() {
    let app = TestApp::start().await;
    let ((_, cookie), (_, other)) = (administrator(&app).await, administrator(&app).await);
    let body = organisation(&app).await.to_string();
    let fields = [("organisation", body.as_str()), ("url", "http://127.0.0.1:9/hook")];
    assert_eq!(app.post("organisations/open_endpoint", Some(&cookie), &fields).await.0, StatusCode::OK);
    let path = format!("/api/organisations/endpoints?organisation={body}");
    let before = read(&app, &path, &cookie).await;
    assert_eq!(
        (&before["endpoints"][0]["rotations"], &before["endpoints"][0]["rotated_at"]),
        (&json!(0), &Value::Null)
    );
    let endpoint = before["endpoints"][0]["id"].as_str().unwrap();
    let rotated = [("endpoint", endpoint), ("rotations", "0")];
    assert_eq!(app.post("organisations/rotate_secret", Some(&cookie), &rotated).await.0, StatusCode::OK);
    let page = read(&app, &path, &cookie).await;
    let secret = page["secret"]["text"].as_str().unwrap();
    assert!(secret.starts_with("whsec_"), "{secret}");
    assert_ne!(page["secret"]["text"], before["secret"]["text"]);
    assert_eq!(page["endpoints"][0]["rotations"], 1);
    assert!(!page["endpoints"][0]["old_signs_until"].is_null());
    assert_eq!(read(&app, &path, &other).await["secret"], Value::Null);
    let (status, html) = app.get(&format!("/admin/organisations/{body}/webhooks"), Some(&cookie)).await;
    assert!(status == StatusCode::OK && html.contains(secret) && html.contains("يوقَّع ما يُرسل بالسرّ السابق أيضًا"));
    let logged = "SELECT count(*) FROM audit_entries
         WHERE action = 'webhook_secret_rotated' AND detail = (SELECT id::text FROM webhook_endpoints)";
    assert_eq!(count(&app, logged).await, 1);
}

#[tokio::test]
async fn a_secret_is_replaced_once_with_a_second_factor_passed_a_moment_ago() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await);
    let endpoint = endpoint(&app, body, URL).await.to_string();
    let rotate = async |endpoint: &str, rotations: &str| {
        let fields = [("endpoint", endpoint), ("rotations", rotations)];
        app.post("organisations/rotate_secret", Some(&cookie), &fields).await
    };
    assert_eq!(rotate(&endpoint, "0").await.0, StatusCode::OK);
    let over = (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" }));
    assert_eq!(rotate(&endpoint, "0").await, over, "the one that was seen is replaced already");
    assert_eq!(rotate(&endpoint, "-1").await, over);
    assert_eq!(rotate(&Uuid::nil().to_string(), "0").await.0, StatusCode::NOT_FOUND);
    app.clock.advance(Duration::minutes(11));
    assert_eq!(rotate(&endpoint, "1").await, (StatusCode::FORBIDDEN, json!("SecondFactorNeeded")));
    assert_eq!(count(&app, "SELECT rotations::bigint FROM webhook_endpoints").await, 1);
}

#[tokio::test]
async fn what_is_closed_or_not_approved_gets_no_other_secret_and_closing_ends_them_all() {
    let app = TestApp::start().await;
    let body = organisation(&app).await;
    let (first, by) = (endpoint(&app, body, URL).await, app.staff(Role::Administrator).await);
    rotate(&app, (first, 0), &new_secret(), by).await.unwrap();
    endpoints::close(&mut app.pool.acquire().await.unwrap(), first, by, app.clock.now()).await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM webhook_old_secrets").await, 0);
    assert!(is_over(rotate(&app, (first, 1), &new_secret(), by).await));
    let second = endpoint(&app, body, URL).await;
    sqlx::query("UPDATE organisations SET approved_at = NULL").execute(&app.owner).await.unwrap();
    assert!(is_over(rotate(&app, (second, 0), &new_secret(), by).await));
}

#[tokio::test]
async fn what_is_written_past_the_code_is_refused_by_the_database() {
    let app = TestApp::start().await;
    let endpoint = endpoint(&app, organisation(&app).await, URL).await;
    let stranger = app.staff(Role::Reviewer).await;
    assert!(is_over(rotate(&app, (endpoint, 0), &new_secret(), stranger).await));
    for statement in [
        "UPDATE webhook_endpoints SET secret_sealed = 'known'",
        "UPDATE webhook_endpoints SET secret_sealed = 'known', rotations = rotations + 2, rotated_by = opened_by,
             rotated_at = now()",
        "UPDATE webhook_endpoints SET secret_sealed = '', rotations = rotations + 1, rotated_by = opened_by,
             rotated_at = now()",
        "UPDATE webhook_endpoints SET rotations = rotations + 1, rotated_by = opened_by, rotated_at = now()",
        "UPDATE webhook_endpoints SET closed_by = opened_by, closed_at = now(), rotations = rotations + 1,
             rotated_by = opened_by, rotated_at = now()",
    ] {
        let refused = sqlx::query(statement).execute(&app.pool).await.unwrap_err();
        let rule = refused.as_database_error().unwrap().constraint().map(str::to_owned);
        assert_eq!(rule.as_deref(), Some("webhook_endpoints_fixed"), "{statement}");
    }
    for statement in [
        "INSERT INTO webhook_old_secrets SELECT id, 7, 'known', 'infinity' FROM webhook_endpoints",
        "UPDATE webhook_old_secrets SET ends_at = 'infinity'",
    ] {
        let refused = sqlx::query(statement).execute(&app.pool).await.unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{statement}");
    }
}
