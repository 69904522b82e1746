//! Where deliveries do not go, when an address is opened and when one is connected to.

use axum::http::StatusCode;
use serde_json::json;
use time::macros::datetime;
use uuid::Uuid;

use super::{SECRET, administrator, count, deliveries, endpoint, licensed_member, organisation, send};
use crate::licences::model::{LicenceStatus, Validity};
use crate::organisations::model::NotTaken;
use crate::organisations::store::parcels::{Parcel, Told};
use crate::organisations::webhook::{Reach, deliver};
use crate::testing::TestApp;

fn parcel(url: &str) -> Parcel {
    let at = datetime!(2026-11-28 9:00 UTC);
    let told = Told {
        event: "licence.issued".to_owned(),
        at,
        number: "4821093755162049".to_owned(),
        kind: super::KIND,
        status: LicenceStatus::Valid,
        issued_at: at,
        valid: Validity::new(at.date(), at.date() + time::Duration::days(730)),
        sequence: 1,
        successor: None,
        renews: None,
    };
    Parcel { id: Uuid::nil(), url: url.to_owned(), secrets: vec![SECRET.to_owned()], told }
}

#[tokio::test]
async fn what_a_name_leads_to_is_asked_at_each_connection() {
    let now = datetime!(2026-11-28 9:00 UTC);
    // A name that leads to this machine: refused where it is connected to, as it was not when it was stored.
    for url in ["https://localhost/hook", "https://127.0.0.1/", "https://169.254.169.254/", "http://127.0.0.1:9/hook"] {
        assert_eq!(deliver(Reach::Public, parcel(url), now).await, Err(NotTaken::AddressRefused), "{url}");
    }
    assert_eq!(deliver(Reach::ThisMachine, parcel("http://127.0.0.1:9/hook"), now).await, Err(NotTaken::Away));
}

#[tokio::test]
async fn a_stored_name_that_leads_to_this_machine_by_now_is_sent_nothing() {
    let app = TestApp::in_production().await;
    let body = organisation(&app).await;
    // As if it had led elsewhere when it was opened: what is asked then is not asked here.
    let endpoint = endpoint(&app, body, "https://localhost/hook").await;
    licensed_member(&app, body).await;
    let (delivery, ..) = deliveries(&app, endpoint).await.remove(0);
    assert_eq!(send(&app, delivery).await.as_deref(), Some("address_refused"));
    let refused = "SELECT count(*) FROM webhook_deliveries WHERE state = 'failed' AND last_error = 'address_refused'";
    assert_eq!(count(&app, refused).await, 1);
}

#[tokio::test]
async fn what_an_address_is_written_with_never_becomes_part_of_a_page() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await.to_string());
    let url = "http://127.0.0.1:9/<script>alert(1)</script>?'\"><img src=x onerror=alert(1)>";
    let fields = [("organisation", body.as_str()), ("url", url)];
    assert_eq!(app.post("organisations/open_endpoint", Some(&cookie), &fields).await.0, StatusCode::OK);
    let id: Uuid = sqlx::query_scalar("SELECT id FROM webhook_endpoints").fetch_one(&app.owner).await.unwrap();
    for path in [format!("/admin/organisations/{body}/webhooks"), format!("/admin/webhooks/{id}")] {
        let (status, page) = app.get(&path, Some(&cookie)).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(
            page.contains("127.0.0.1:9/") && !page.contains("<script>alert") && !page.contains("<img src=x"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_is_no_day_is_told_beside_the_day() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await);
    let endpoint = endpoint(&app, body, "https://example.org/hook").await;
    for (day, calendar) in
        [("32", "gregorian"), ("0", "gregorian"), ("1%27", "hijri"), ("99999999999", "hijri"), ("1", "")]
    {
        let query = format!("since_day={day}&since_month=1&since_year=2026&since_calendar={calendar}");
        let (status, page) = app.get(&format!("/admin/webhooks/{endpoint}?{query}"), Some(&cookie)).await;
        assert!(status == StatusCode::OK && page.contains("href=\"#since_day\""), "{query}: {page}");
    }
    for since in ["", "2026-02-30", "2026-1-1", "yesterday", "-2026-01-01", "2026-01-01'"] {
        let fields = [("endpoint", endpoint.to_string()), ("since", since.to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = app.post("organisations/replay_since", Some(&cookie), &fields).await;
        let expected = json!({ "Invalid": [{ "field": "since", "problem": "DateInvalid" }] });
        assert_eq!(answer, (StatusCode::UNPROCESSABLE_ENTITY, expected), "{since}");
    }
}

#[tokio::test]
async fn an_address_of_a_network_that_is_not_public_is_not_opened() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await.to_string());
    for (url, problem) in [
        ("", "Required"),
        ("http://example.org/", "UrlInvalid"),
        ("https://user:word@example.org/", "UrlInvalid"),
        ("https://10.0.0.1/", "UrlNotPublic"),
        ("https://169.254.169.254/latest/meta-data", "UrlNotPublic"),
        ("https://[::ffff:10.0.0.1]/", "UrlNotPublic"),
        ("https://[fd00::1]/", "UrlNotPublic"),
        ("https://①⓪.0.0.1/", "UrlNotPublic"),
        ("javascript:alert(1)", "UrlInvalid"),
        ("file:///etc/passwd", "UrlInvalid"),
        ("https://nowhere.invalid/", "UrlNotPublic"),
    ] {
        let fields = [("organisation", body.as_str()), ("url", url)];
        let answer = app.post("organisations/open_endpoint", Some(&cookie), &fields).await;
        let expected = json!({ "Invalid": [{ "field": "url", "problem": problem }] });
        assert_eq!(answer, (StatusCode::UNPROCESSABLE_ENTITY, expected), "{url}");
    }
}

#[tokio::test]
async fn the_database_keeps_no_address_that_leads_further_without_tls() {
    let app = TestApp::start().await;
    let ((by, _), body) = (administrator(&app).await, organisation(&app).await);
    for url in [
        "http://example.org/",
        "http://127.0.0.1.example.org:80/",
        "http://127.0.0.1:9@example.org/",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https:///etc/passwd",
        "https://exam ple.org/",
        "ftp://example.org/",
        "javascript:alert(1)",
    ] {
        let refused = sqlx::query(
            "INSERT INTO webhook_endpoints (organisation_id, url, secret_sealed, opened_by, opened_at)
             VALUES ($1, $2, '', $3, now())",
        )
        .bind(body)
        .bind(url)
        .bind(by)
        .execute(&app.pool)
        .await
        .unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some("webhook_endpoints_url_check"), "{url}");
    }
}
