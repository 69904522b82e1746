//! Lists against a real database, sent and read as a browser does.

mod answering;
mod downloads;
mod keeping;
mod sending;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use uuid::Uuid;

use super::job::work_off;
use super::model::{CheckView, RowState, SENT_TO};
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::server::keys::random_digits;
use crate::signing::tests::lists::one as valid;
use crate::testing::TestApp;

const KIND: LicenceKind = LicenceKind::Practitioner;

/// What came of a list that was sent: the status, where it leads, and the cookie to come back with.
struct Led {
    status: StatusCode,
    to: String,
    cookie: Option<String>,
}

/// Sends a list in a field of the form, as a browser does.
async fn send(app: &TestApp, field: &str, contents: &[u8]) -> Led {
    let file = if field == "file" { "; filename=\"list\"" } else { "" };
    let mut body = format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n").into_bytes();
    body.extend_from_slice(contents);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = Request::post(SENT_TO)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    let response = app.send(request).await;
    let text = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    Led {
        status: response.status(),
        to: text(header::LOCATION).unwrap_or_default(),
        cookie: text(header::SET_COOKIE).and_then(|cookie| cookie.split(';').next().map(str::to_owned)),
    }
}

/// The id of a list that is taken.
async fn taken(app: &TestApp, field: &str, contents: &[u8]) -> Uuid {
    let led = send(app, field, contents).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER);
    led.to.strip_prefix("/verify/bulk/").unwrap_or_else(|| panic!("{}", led.to)).parse().unwrap()
}

/// A list of these lines that is pasted and answered.
async fn answered(app: &TestApp, lines: &[&str]) -> Uuid {
    let check = taken(app, "numbers", lines.join("\n").as_bytes()).await;
    work_off(&app.state, check).await.unwrap();
    check
}

/// What a browser is told of a list.
async fn view(app: &TestApp, check: Uuid, query: &str) -> CheckView {
    let (status, body) = app.get(&format!("/api/bulk/check?id={check}{query}"), None).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str(&body).unwrap()
}

/// The state of each row.
fn states(view: &CheckView) -> Vec<RowState> {
    view.rows.iter().map(|row| row.state).collect()
}

/// A number that is well formed and was never issued.
fn unknown() -> LicenceNumber {
    LicenceNumber::from_digits15(&random_digits(15)).unwrap()
}
