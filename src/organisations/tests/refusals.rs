//! Where deliveries do not go, when an address is opened and when one is connected to.

use axum::http::StatusCode;
use serde_json::json;
use time::macros::datetime;
use uuid::Uuid;

use super::{SECRET, administrator, organisation};
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
async fn an_address_of_a_network_that_is_not_public_is_not_opened() {
    let app = TestApp::start().await;
    let ((_, cookie), body) = (administrator(&app).await, organisation(&app).await.to_string());
    for (url, problem) in [
        ("", "Required"),
        ("http://example.org/", "UrlInvalid"),
        ("https://user:word@example.org/", "UrlInvalid"),
        ("https://10.0.0.1/", "UrlNotPublic"),
        ("https://169.254.169.254/latest/meta-data", "UrlNotPublic"),
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
    for url in
        ["http://example.org/", "http://127.0.0.1.example.org:80/", "https://user@example.org/", "ftp://example.org/"]
    {
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
