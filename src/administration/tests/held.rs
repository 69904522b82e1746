//! Everything held on a person, for them and for nobody else.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::Value;

use super::administrator;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{licensed, passes};
use crate::testing::TestApp;

const ID: &str = "1000000008";
const MOBILE: &str = "+966500000921";

async fn json(app: &TestApp, cookie: Option<&str>) -> (StatusCode, String, Value) {
    let mut request = Request::get("/account/data.json").header(header::HOST, "localhost:3000");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    let status = response.status();
    let name = response.headers().get(header::CONTENT_DISPOSITION).map(|name| name.to_str().unwrap().to_owned());
    let body = to_bytes(response.into_body(), 4 * 1024 * 1024).await.unwrap();
    (status, name.unwrap_or_default(), serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn a_person_takes_everything_along_and_reads_it() {
    let app = TestApp::start().await;
    let (_, admin) = administrator(&app).await;
    let person = app.person_with(ID, MOBILE, "1990-05-17").await;
    app.verify(person).await;
    passes(&app, person, LicenceKind::Practitioner).await;
    let number = licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    app.get(&format!("/admin/people/{person}"), Some(&admin)).await;
    let cookie = app.sign_in(person).await;

    let (status, name, held) = json(&app, Some(&cookie)).await;
    assert_eq!((status, name.as_str()), (StatusCode::OK, "attachment; filename=\"rukhsa-data.json\""));
    let profile = &held["profile"];
    assert_eq!(profile["national_id"], ID);
    assert_eq!(profile["mobiles"], serde_json::json!([MOBILE]));
    assert_eq!(profile["birth_date"], "1990-05-17");
    assert_eq!(profile["given_name"], "محمد");
    assert_eq!(profile["email"], "m@example.org");
    assert_eq!(profile["city"], "الرياض");
    assert_eq!(profile["identity_verified_by"], "single_sign_on");
    assert_eq!(held["licences"][0]["number"], number.digits());
    assert_eq!(held["licences"][0]["status"], "valid");
    assert_eq!(held["requests"][0]["state"], "approved");
    assert_eq!(held["requests"][0]["decisions"][0]["outcome"], "approved");
    assert_eq!(held["enrolments"][0]["state"], "passed");
    assert_eq!(held["attempts"][0]["right_answers"], 1);
    assert_eq!(held["readings"][0]["action"], "person_viewed");
    assert_eq!(held["sign_ins"].as_array().unwrap().len(), 1);

    let (status, page) = app.get("/account/data", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    for shown in
        [ID, &number.grouped(), "m@example.org", "عبر النفاذ الوطني الموحد", "فتح سجلّك", "الإجابات الصحيحة: 1 من 1"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
}

#[tokio::test]
async fn nothing_of_anybody_else_is_in_it() {
    let app = TestApp::start().await;
    app.person_with(ID, MOBILE, "1991-01-02").await;
    let cookie = app.sign_in(app.person().await).await;
    let text = json(&app, Some(&cookie)).await.2.to_string() + &app.get("/account/data", Some(&cookie)).await.1;
    for other in [ID, MOBILE, "1991-01-02"] {
        assert!(!text.contains(other), "{other}");
    }
    let (status, _, answer) = json(&app, None).await;
    assert_eq!((status, answer), (StatusCode::UNAUTHORIZED, serde_json::json!("SignInNeeded")));
}
