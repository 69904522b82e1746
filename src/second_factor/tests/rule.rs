//! For how long the second factor holds, and what asks for it anew. That no desk opens without it is a row of the
//! permission matrix's test.

use axum::http::StatusCode;
use time::Duration;

use super::{Officer, needed};
use crate::access::Role;
use crate::testing::TestApp;

#[tokio::test]
async fn the_second_factor_holds_for_a_working_day() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Reviewer).await;
    assert_eq!(officer.desk(&app, "review/desk").await, StatusCode::FORBIDDEN);
    officer.make_codes(&app).await;
    assert_eq!(officer.desk(&app, "review/desk").await, StatusCode::OK);
    app.clock.advance(Duration::hours(12) - Duration::MINUTE);
    assert_eq!(officer.desk(&app, "review/desk").await, StatusCode::OK);
    app.clock.advance(Duration::MINUTE);
    assert_eq!(officer.desk(&app, "review/desk").await, StatusCode::FORBIDDEN);
    let own = app.get("/api/accounts/home", Some(&officer.cookie)).await;
    assert_eq!(own.0, StatusCode::OK, "the account is theirs still");
}

#[tokio::test]
async fn another_sign_in_has_not_passed() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Reviewer).await;
    let before = officer.cookie.clone();
    officer.make_codes(&app).await;
    let other = format!("session={}", app.sign_in_by_code(officer.person).await);
    assert_eq!(app.get("/api/review/desk", Some(&other)).await.0, StatusCode::FORBIDDEN);
    let stolen = app.get("/api/review/desk", Some(&before)).await;
    assert_eq!(stolen.0, StatusCode::UNAUTHORIZED, "the token from before the check signs in nobody");
}

#[tokio::test]
async fn what_weighs_most_asks_anew_after_ten_minutes() {
    let app = TestApp::start().await;
    let subject = app.verified_person().await.to_string();
    let mut officer = Officer::new(&app, Role::Administrator).await;
    let codes = officer.make_codes(&app).await;
    let grant = [("person", subject.as_str()), ("role", "trainer")];
    app.clock.advance(Duration::minutes(10) + Duration::SECOND);
    for endpoint in ["administration/grant_role", "administration/revoke_role"] {
        let answer = officer.call(&app, endpoint, &grant).await;
        assert_eq!(answer, (StatusCode::FORBIDDEN, needed()), "{endpoint}");
    }
    let answer = officer.call(&app, "administration/reset_second_factor", &grant[..1]).await;
    assert_eq!(answer, (StatusCode::FORBIDDEN, needed()));
    assert_eq!(officer.desk(&app, "administration/staff").await, StatusCode::OK, "the rest of the desk is open");
    let passed = officer.call(&app, "second_factor/use_code", &[("code", &codes[0])]).await;
    assert_eq!(passed.0, StatusCode::OK);
    let granted = officer.call(&app, "administration/grant_role", &grant).await;
    assert_eq!(granted.0, StatusCode::OK, "{granted:?}");
}

#[tokio::test]
async fn two_officers_revoke_with_a_fresh_check_each() {
    let app = TestApp::start().await;
    let mut officer = Officer::new(&app, Role::Reviewer).await;
    officer.make_codes(&app).await;
    app.clock.advance(Duration::minutes(11));
    let fields = [("number", "4821093755162049"), ("act", "revoke"), ("reason", "charter_breach"), ("text", "ثبتت")];
    for (endpoint, fields) in [
        ("oversight/propose", fields.as_slice()),
        ("oversight/approve", &[("proposal", "00000000-0000-4000-8000-000000000001")]),
    ] {
        let answer = officer.call(&app, endpoint, fields).await;
        assert_eq!(answer, (StatusCode::FORBIDDEN, needed()), "{endpoint}");
    }
}

#[tokio::test]
async fn a_page_of_the_desk_leads_to_the_check_and_back() {
    let app = TestApp::start().await;
    let officer = Officer::new(&app, Role::Administrator).await;
    let request = axum::http::Request::get("/admin/audit?action=role_granted")
        .header("accept", "text/html")
        .header("host", "localhost:3000")
        .header("cookie", &officer.cookie)
        .body(axum::body::Body::empty())
        .unwrap();
    let response = app.send(request).await;
    assert_eq!(response.status(), StatusCode::FOUND);
    let to = response.headers()["location"].to_str().unwrap().to_owned();
    let next = to.strip_prefix("/account/second-factor?next=").unwrap();
    let next = form_urlencoded::parse(format!("n={next}").as_bytes()).next().unwrap().1.into_owned();
    assert_eq!(next, "/admin/audit?action=role_granted");
    let (status, page) = app.get(&to, Some(&officer.cookie)).await;
    assert_eq!(status, StatusCode::OK, "{page}");
}
