//! What becomes of a licence shows wherever it is asked about, within two seconds.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;

use super::KIND;
use crate::calendar::riyadh_day;
use crate::licences::model::LicenceNumber;
use crate::licences::tests::{licensed, ready};
use crate::oversight::tests::{restored, revoked, suspended};
use crate::signing::tests::lists::told;
use crate::testing::{TestApp, answered};

/// What the register promises.
const WITHIN: Duration = Duration::from_secs(2);

/// The surfaces that do not say `status` of a licence, by their names.
async fn behind(app: &TestApp, number: &LicenceNumber, holder: &str, status: &str) -> Vec<String> {
    let digits = number.digits();
    let today = riyadh_day(app.clock.now());
    let mut behind = Vec::new();
    let verdict = format!("verdict--{status}");
    for path in [format!("/verify/{digits}"), format!("/v/{digits}"), format!("/verify/{digits}/on?date={today}")] {
        // Of a day that is not over, the worst of it is told: what was lifted today was in force today.
        if !app.get(&path, None).await.1.contains(&verdict) && !(path.contains("/on?") && status == "valid") {
            behind.push(path);
        }
    }
    let coded = format!("\"status\":\"{status}\"");
    for (path, cookie) in [
        (format!("/api/verification/look_up?number={digits}"), None),
        (format!("/api/v1/licences/{digits}"), None),
        (format!("/api/licences/card?number={digits}"), Some(holder)),
    ] {
        if !app.get(&path, cookie).await.1.contains(&coded) {
            behind.push(path);
        }
    }
    let asked = Request::post("/api/v1/licences:verify")
        .header(header::HOST, "localhost:3000")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(json!({ "numbers": [digits] }).to_string()))
        .unwrap();
    if answered(app.send(asked).await).await.1["answers"][0]["status"] != status {
        behind.push("many at once".to_owned());
    }
    if told(app, number).await != (status == "revoked", status == "suspended") {
        behind.push("the status lists".to_owned());
    }
    behind
}

#[tokio::test]
async fn a_change_shows_everywhere_within_two_seconds() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    let holder = app.sign_in(person).await;
    for status in ["valid", "suspended", "valid", "suspended", "revoked"] {
        match status {
            "suspended" => suspended(&app, &number).await,
            "revoked" => revoked(&app, &number).await,
            _ if behind(&app, &number, &holder, status).await.is_empty() => continue,
            _ => restored(&app, &number).await,
        }
        let changed = Instant::now();
        loop {
            let behind = behind(&app, &number, &holder, status).await;
            if behind.is_empty() {
                break;
            }
            assert!(changed.elapsed() < WITHIN, "{status} is not yet told by {behind:?}");
        }
    }
}
