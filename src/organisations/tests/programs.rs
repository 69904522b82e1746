//! What a program with a key may, and what it is told where it may not.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value, json};

use super::{count, endpoint, given, licensed_member, organisation};
use crate::access::Role;
use crate::calendar::riyadh_day;
use crate::organisations::model::Scope;
use crate::organisations::store::keys;
use crate::oversight::tests::suspended;
use crate::testing::TestApp;

const NUMBER: &str = "4821093755162049";

async fn send(app: &TestApp, request: Request<Body>) -> (StatusCode, HeaderMap, Value) {
    let (parts, body) = app.send(request).await.into_parts();
    let body = to_bytes(body, 64 * 1024 * 1024).await.unwrap();
    (parts.status, parts.headers, serde_json::from_slice(&body).unwrap_or_default())
}

/// Asks about many numbers with this `Authorization`.
async fn verify(app: &TestApp, shown: &str, numbers: &[&str]) -> (StatusCode, HeaderMap, Value) {
    let request = Request::post("/api/v1/licences:verify")
        .header(header::HOST, "localhost:3000")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, shown);
    send(app, request.body(Body::from(json!({ "numbers": numbers }).to_string())).unwrap()).await
}

async fn fetch(app: &TestApp, path: &str, key: Option<&str>) -> (StatusCode, HeaderMap, Value) {
    let mut request = Request::get(path).header(header::HOST, "localhost:3000");
    if let Some(key) = key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    send(app, request.body(Body::empty()).unwrap()).await
}

/// That an answer is a problem which says how to ask with a key.
fn challenged((status, headers, body): &(StatusCode, HeaderMap, Value), expected: StatusCode, error: &str) {
    assert_eq!(*status, expected, "{body}");
    assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json");
    let challenge = headers[header::WWW_AUTHENTICATE].to_str().unwrap();
    assert!(challenge.starts_with("Bearer ") && challenge.contains(error), "{challenge}");
    assert_eq!(body["status"], expected.as_u16());
    assert!(["title", "detail", "detail_ar"].iter().all(|key| !body[key].as_str().unwrap().is_empty()));
}

#[tokio::test]
async fn who_shows_no_key_in_force_is_told_so() {
    let app = TestApp::start().await;
    let body = organisation(&app).await;
    let (expired, revoked) = (given(&app, body, &Scope::ALL).await, given(&app, body, &Scope::ALL).await);
    app.clock.advance(time::Duration::days(1));
    let by = app.staff(Role::Administrator).await;
    keys::revoke(&mut app.pool.acquire().await.unwrap(), revoked.id, by, app.clock.now()).await.unwrap();
    assert_eq!(verify(&app, &format!("bearer {}", expired.key), &[NUMBER]).await.0, StatusCode::OK);
    app.clock.advance(time::Duration::days(365));
    let (good, taken) = (given(&app, body, &Scope::ALL).await, given(&app, body, &Scope::ALL).await);
    keys::revoke(&mut app.pool.acquire().await.unwrap(), taken.id, by, app.clock.now()).await.unwrap();
    assert_eq!(verify(&app, &format!("Bearer {}", good.key), &[NUMBER]).await.0, StatusCode::OK);
    let shown = [
        format!("Bearer {}", expired.key),
        format!("Bearer {}", revoked.key),
        format!("Bearer {}", taken.key),
        format!("Basic {}", good.key),
        "Bearer rk_unknown".to_owned(),
        "Bearer".to_owned(),
        String::new(),
    ];
    for shown in shown {
        challenged(&verify(&app, &shown, &[NUMBER]).await, StatusCode::UNAUTHORIZED, "invalid_token");
    }
    let one = fetch(&app, &format!("/api/v1/licences/{NUMBER}"), Some("rk_unknown")).await;
    challenged(&one, StatusCode::UNAUTHORIZED, "invalid_token");
    let none = fetch(&app, "/api/v1/webhook-deliveries", None).await;
    challenged(&none, StatusCode::UNAUTHORIZED, "invalid_token");
}

#[tokio::test]
async fn a_keys_use_is_noted_once_a_day_and_nothing_else_of_it_is_written() {
    let app = TestApp::start().await;
    app.clock.stand_at(app.clock.now());
    let key = given(&app, organisation(&app).await, &[Scope::Verify]).await.key;
    let path = format!("/api/v1/licences/{NUMBER}");
    let used_on = async || -> Option<time::Date> {
        sqlx::query_scalar("SELECT last_used_on FROM api_keys").fetch_one(&app.owner).await.unwrap()
    };
    assert_eq!(used_on().await, None);
    for days in [0, 1] {
        app.clock.advance(time::Duration::days(days));
        assert_eq!(fetch(&app, &path, Some(&key)).await.0, StatusCode::OK);
        assert_eq!(used_on().await, Some(riyadh_day(app.clock.now())));
    }
    // The rest of the day, nobody who writes is held up.
    app.pool.close().await;
    assert_eq!(fetch(&app, &path, Some(&key)).await.0, StatusCode::OK);
    app.clock.advance(time::Duration::days(1));
    assert_eq!(fetch(&app, &path, Some(&key)).await.0, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_key_allows_what_it_was_given_for_alone() {
    let app = TestApp::start().await;
    let body = organisation(&app).await;
    let (verifies, listens) =
        (given(&app, body, &[Scope::Verify]).await.key, given(&app, body, &[Scope::Webhooks]).await.key);
    let asked = verify(&app, &format!("Bearer {listens}"), &[NUMBER]).await;
    challenged(&asked, StatusCode::FORBIDDEN, r#"scope="verify""#);
    let listed = fetch(&app, "/api/v1/webhook-deliveries", Some(&verifies)).await;
    challenged(&listed, StatusCode::FORBIDDEN, r#"scope="webhooks""#);
    assert_eq!(verify(&app, &format!("Bearer {verifies}"), &[NUMBER]).await.0, StatusCode::OK);
    assert_eq!(fetch(&app, "/api/v1/webhook-deliveries", Some(&listens)).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_key_asks_about_more_numbers_and_is_counted_by_itself() {
    let app = TestApp::start().await;
    app.clock.stand_at(app.clock.now());
    let key = format!("Bearer {}", given(&app, organisation(&app).await, &[Scope::Verify]).await.key);
    let other = format!("Bearer {}", given(&app, organisation(&app).await, &[Scope::Verify]).await.key);
    let (status, _, answers) = verify(&app, &key, &vec!["4821 0937 5516 2049"; 50_000]).await;
    assert_eq!((status, answers["answers"].as_array().unwrap().len()), (StatusCode::OK, 50_000));
    assert_eq!(verify(&app, &key, &vec!["4"; 50_001]).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(count(&app, "SELECT count(*) FROM rate_counters WHERE act = 'verify_many'").await, 0);
    sqlx::query("UPDATE rate_counters SET count = 1000 WHERE act = 'verify_many_key'")
        .execute(&app.owner)
        .await
        .unwrap();
    let (status, headers, _) = verify(&app, &key, &[NUMBER]).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(headers.contains_key(header::RETRY_AFTER));
    assert_eq!(verify(&app, &other, &[NUMBER]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_key_reads_so_many_pages_an_hour() {
    let app = TestApp::start().await;
    app.clock.stand_at(app.clock.now());
    let body = organisation(&app).await;
    let (key, other) =
        (given(&app, body, &[Scope::Webhooks]).await.key, given(&app, body, &[Scope::Webhooks]).await.key);
    let path = "/api/v1/webhook-deliveries";
    assert_eq!(fetch(&app, path, Some(&key)).await.0, StatusCode::OK);
    sqlx::query("UPDATE rate_counters SET count = 600 WHERE act = 'webhook_deliveries'")
        .execute(&app.owner)
        .await
        .unwrap();
    let (status, headers, _) = fetch(&app, path, Some(&key)).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(headers.contains_key(header::RETRY_AFTER));
    assert_eq!(fetch(&app, path, Some(&other)).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_program_reads_what_its_own_organisation_was_told() {
    let app = TestApp::start().await;
    let (own, other) = (organisation(&app).await, organisation(&app).await);
    let (key, others) =
        (given(&app, own, &[Scope::Webhooks]).await.key, given(&app, other, &[Scope::Webhooks]).await.key);
    endpoint(&app, own, "https://example.org/hook").await;
    let number = licensed_member(&app, own).await;
    let (_, _, page) = fetch(&app, "/api/v1/webhook-deliveries", Some(&key)).await;
    assert_eq!(page["deliveries"].as_array().unwrap().len(), 1, "{page}");
    let change = &page["deliveries"][0]["change"];
    assert_eq!((&change["type"], &change["data"]["number"]), (&json!("licence.issued"), &json!(number.digits())));
    let next = page["next"].as_str().unwrap();
    let (_, _, page) = fetch(&app, &format!("/api/v1/webhook-deliveries?after={next}"), Some(&key)).await;
    assert_eq!(page, json!({ "deliveries": [] }));
    let (_, _, nothing) = fetch(&app, "/api/v1/webhook-deliveries", Some(&others)).await;
    assert_eq!(nothing["deliveries"], json!([]));
    let (status, ..) = fetch(&app, "/api/v1/webhook-deliveries?after=x", Some(&key)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn it_reads_on_from_page_to_page_and_later_from_where_it_was() {
    let app = TestApp::start().await;
    let body = organisation(&app).await;
    let key = given(&app, body, &[Scope::Webhooks]).await.key;
    // As many addresses as make more than a page of one change, all of one instant.
    sqlx::query(
        "INSERT INTO webhook_endpoints (organisation_id, url, secret_sealed, opened_by, opened_at)
         SELECT $1, 'https://example.org/' || i, '', $2, now() FROM generate_series(1, 130) i",
    )
    .bind(body)
    .bind(app.staff(Role::Administrator).await)
    .execute(&app.owner)
    .await
    .unwrap();
    let number = licensed_member(&app, body).await;
    let (mut after, mut seen, mut pages) = (String::new(), Vec::new(), Vec::new());
    for change in ["licence.issued", "licence.suspended"] {
        loop {
            let (_, _, page) = fetch(&app, &format!("/api/v1/webhook-deliveries{after}"), Some(&key)).await;
            let told = page["deliveries"].as_array().unwrap();
            pages.push(told.len());
            assert!(told.iter().all(|one| one["change"]["type"] == change), "{page}");
            seen.extend(told.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
            match page["next"].as_str() {
                Some(next) => after = format!("?after={next}"),
                None => break,
            }
        }
        if change == "licence.issued" {
            suspended(&app, &number).await;
        }
    }
    assert_eq!(pages, [100, 30, 0, 100, 30, 0]);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 260, "each once");
}
