//! People: by their exact ID number and by nothing else, and never unnoticed.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use uuid::Uuid;

use super::{administrator, noted, noted_of};
use crate::access::Role;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{licensed, ready};
use crate::testing::TestApp;

const ID: &str = "1000000008";
const MOBILE: &str = "+966500000901";

async fn find(app: &TestApp, cookie: &str, number: &str) -> (StatusCode, Value) {
    app.post("administration/find_person", Some(cookie), &[("national_id", number)]).await
}

#[tokio::test]
async fn a_look_up_leads_to_an_address_without_the_number() {
    let app = TestApp::start().await;
    let (admin, cookie) = administrator(&app).await;
    let person = app.person_with(ID, MOBILE, "1990-05-17").await;
    let request = Request::post("/api/administration/find_person")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, &cookie)
        .body(Body::from("national_id=%D9%A1000000008"))
        .unwrap();
    let response = app.send(request).await;
    let to = response.headers()[header::LOCATION].to_str().unwrap().to_owned();
    assert_eq!(to, format!("/admin/people/{person}"));
    assert_eq!(noted_of(&app, "person_looked_up", person).await, 1);

    let (status, page) = app.get(&to, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("محمد عبد الله سعد القحطاني") && page.contains("غير موثَّقة"), "{page}");
    for secret in [ID, "0500000901", "966500000901", "1990", "m@example.org"] {
        assert!(!page.contains(secret), "{secret}");
    }
    let entry: (Uuid, String) =
        sqlx::query_as("SELECT actor_id, actor_role FROM audit_entries WHERE action = 'person_viewed'")
            .fetch_one(&app.pool)
            .await
            .unwrap();
    assert_eq!(entry, (admin, "administrator".to_owned()));
}

#[tokio::test]
async fn a_look_up_that_finds_nobody_is_noted_too() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (status, answer) = find(&app, &cookie, ID).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer["Invalid"][0]["problem"], "NobodyRegistered");
    assert_eq!(noted(&app, "person_looked_up").await, 1);
    // What is no number names nobody, and is not looked up. Nor is part of one.
    for typed in ["", "1000000000", "100000"] {
        assert_eq!(find(&app, &cookie, typed).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(noted(&app, "person_looked_up").await, 1);
    for path in [format!("/admin/people/{}", Uuid::nil()), "/admin/people/1000000008".to_owned()] {
        assert_eq!(app.get(&path, Some(&cookie)).await.0, StatusCode::NOT_FOUND);
    }
    assert_eq!(noted(&app, "person_viewed").await, 0);
}

#[tokio::test]
async fn numbers_cannot_be_tried_out() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    for _ in 0..120 {
        assert_eq!(find(&app, &cookie, ID).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(find(&app, &cookie, ID).await.0, StatusCode::TOO_MANY_REQUESTS);
    let (_, other) = administrator(&app).await;
    assert_eq!(find(&app, &other, ID).await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_record_shows_what_is_theirs_and_how_they_are_known() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    let number = licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let page = app.get(&format!("/admin/people/{person}"), Some(&cookie)).await.1;
    for shown in [&number.grouped(), "عبر النفاذ الوطني الموحد", "مقبول", "برنامج", "مجتاز", "لا دور له"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
}

#[tokio::test]
async fn the_others_of_a_number_are_told_by_id_alone() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let one = app.person_with(ID, MOBILE, "1990-05-17").await;
    let two = app.person_with(ID, "+966500000902", "1991-05-17").await;
    app.verify(two).await;
    assert_eq!(find(&app, &cookie, ID).await.0, StatusCode::OK);
    // The verified one goes first.
    assert_eq!(noted_of(&app, "person_looked_up", two).await, 1);
    let page = app.get(&format!("/admin/people/{two}"), Some(&cookie)).await.1;
    assert!(page.contains(&format!("/admin/people/{one}")), "{page}");
    let frozen = app.get(&format!("/admin/people/{one}"), Some(&cookie)).await.1;
    assert!(frozen.contains("مجمَّد"), "{frozen}");
}

/// The link in the header: the way up above the page is named otherwise.
const TO_THE_DESK: &str = ">الإدارة<";

#[tokio::test]
async fn the_desk_is_nobody_elses() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let volunteer = app.sign_in(app.person().await).await;
    let reviewer = app.sign_in(app.staff(Role::Reviewer).await).await;
    for path in ["/admin", "/admin/settings", "/admin/staff", "/admin/people", "/admin/audit"] {
        let (status, page) = app.get(path, Some(&cookie)).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(page.contains(TO_THE_DESK), "{path}: no way to the desk in the header");
        for other in [&volunteer, &reviewer] {
            let (status, page) = app.get(path, Some(other)).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
            assert!(!page.contains(TO_THE_DESK), "{path}");
        }
        let status = app.get(path, None).await.0;
        assert!(status.is_redirection(), "{path}: {status}");
    }
}
