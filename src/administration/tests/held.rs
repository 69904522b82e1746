//! Everything held on a person, for them and for nobody else.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::Value;

use super::administrator;
use crate::administration::model::held_fields;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{licensed, passes};
use crate::merging::tests::merged;
use crate::oversight::tests as oversight;
use crate::testing::TestApp;

const ID: &str = "1000000008";
const MOBILE: &str = "+966500000921";

pub(super) async fn json(app: &TestApp, cookie: Option<&str>) -> (StatusCode, String, Value) {
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
    for shown in [ID, &number.grouped(), "m@example.org", "عبر النفاذ الوطني الموحد", "فتح سجلّك", "الإجابات الصحيحة"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    tells_all(&held, &page);
}

/// Whether a page has every field of a download.
fn tells_all(held: &Value, page: &str) {
    let fields = held_fields(held);
    assert!(fields.len() > 20, "{fields:?}");
    for field in fields {
        assert!(page.contains(&format!("data-field=\"{field}\"")), "{field}: {page}");
    }
}

#[tokio::test]
async fn titles_and_places_are_in_the_language_of_who_reads() {
    let app = TestApp::start().await;
    let person = app.person_with(ID, MOBILE, "1990-05-17").await;
    app.verify(person).await;
    passes(&app, person, LicenceKind::Practitioner).await;
    let titles = sqlx::query_as::<_, (String, String)>(
        "SELECT g.title_ar, g.title_en FROM enrolments e JOIN programmes g ON g.id = e.programme_id",
    );
    let (arabic, english) = titles.fetch_one(&app.pool).await.unwrap();
    assert_ne!(arabic, english);
    let cookie = app.sign_in(person).await;
    let in_english = format!("{cookie}; lang=en");
    for (cookie, city, title, other) in
        [(&cookie, "الرياض", &arabic, &english), (&in_english, "Riyadh", &english, &arabic)]
    {
        let held = json(&app, Some(cookie)).await.2;
        assert_eq!(held["profile"]["city"], city);
        assert_eq!(held["profile"]["region"], city);
        assert_eq!(held["enrolments"][0]["programme"], title.as_str());
        assert_eq!(held["attempts"][0]["programme"], title.as_str());
        let page = app.get("/account/data", Some(cookie)).await.1;
        assert!(page.contains(&format!("<bdi>{title}</bdi>")), "{page}");
        assert!(!page.contains(&format!("<bdi>{other}</bdi>")), "{page}");
        tells_all(&held, &page);
    }
}

#[tokio::test]
async fn nothing_of_a_record_that_was_merged_is_left_out_and_nothing_secret_is_in_it() {
    let app = TestApp::start().await;
    let gone = app.person_with(ID, MOBILE, "1990-05-17").await;
    app.verify(gone).await;
    passes(&app, gone, LicenceKind::Practitioner).await;
    let number = licensed(&app, gone, LicenceKind::Practitioner, app.clock.now()).await;
    app.sign_in(gone).await;
    for statement in [
        "INSERT INTO passkeys (person_id, credential_id, credential, added_at, used_at)
         VALUES ($1, 'id of the key', '{\"key\": \"secret of the key\"}', '2026-01-02', '2026-01-03')",
        "INSERT INTO recovery_codes (person_id, code_hash, made_at) VALUES ($1, 'hash of the code', '2026-01-02')",
        "INSERT INTO second_factor_resets (person_id, reset_at) VALUES ($1, '2026-01-01')",
        "INSERT INTO role_links (token_hash, role, expires_at) SELECT 'token of the link', 'trainer', now() WHERE $1 IS NOT NULL",
        "INSERT INTO staff_roles (person_id, role, granted_at, revoked_at) VALUES ($1, 'trainer', '2026-01-01', '2026-02-01')",
    ] {
        sqlx::query(statement).bind(gone).execute(&app.owner).await.unwrap();
    }
    // A test for the renewal, handed in without an answer.
    app.clock.advance(time::Duration::days(700));
    for statement in [
        "INSERT INTO attempts (renews, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
         SELECT id, person_id, 1, 70, $1, $1::timestamptz + interval '15 minutes', 'open' FROM licences",
        "UPDATE attempts SET finished_at = $1 WHERE renews IS NOT NULL",
    ] {
        sqlx::query(statement).bind(app.clock.now()).execute(&app.pool).await.unwrap();
    }
    oversight::suspended(&app, &number).await;
    let kept = app.verified_person().await;
    merged(&app, gone, kept).await;
    let cookie = app.sign_in(kept).await;

    let (_, _, held) = json(&app, Some(&cookie)).await;
    let record = &held["merged"][0];
    assert_eq!(record["profile"]["national_id"], ID);
    assert_eq!(record["reason"], "number_changed");
    assert_eq!(record["profile"]["mobiles"], serde_json::json!([MOBILE]));
    assert_eq!(held["sign_ins"].as_array().unwrap().len(), 2);
    assert_eq!(held["roles"][0]["role"], "trainer");
    let renewal = held["attempts"].as_array().unwrap().iter().find(|one| one["renews"] == number.digits()).unwrap();
    assert_eq!(renewal["state"], "failed");
    assert_eq!(renewal["programme"], Value::Null);
    let factors: Vec<_> = held["factors"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(factors, ["passkey", "recovery_code", "reset"]);
    assert!(held["factors"][0]["used_at"].as_str().unwrap().starts_with("2026-01-03"));
    let history = held["licences"][0]["history"].as_array().unwrap();
    let events: Vec<_> = history.iter().map(|one| (one["event"].as_str(), one["reason"].as_str())).collect();
    assert_eq!(events, [(Some("issued"), None), (Some("suspended"), Some("complaint_under_review"))]);
    assert!(held["messages"].as_array().unwrap().iter().any(|one| one["to"] == MOBILE), "{}", held["messages"]);

    let page = app.get("/account/data", Some(&cookie)).await.1;
    tells_all(&held, &page);
    for shown in [ID, "مفتاح مرور", "الرخصة المطلوب تجديدها", &number.grouped(), "سجلّات دُمجت في سجلّك"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let all = held.to_string() + &page;
    for secret in [oversight::NOTE, "of the key", "of the code", "of the link", "\\x"] {
        assert!(!all.contains(secret), "{secret}");
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
