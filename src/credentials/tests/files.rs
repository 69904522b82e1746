//! The file over HTTP: whose it is, and what it is.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::{address, downloaded, holder, part, start};
use crate::access::Role;
use crate::licences::model::LicenceKind;
use crate::licences::tests::{licensed_for, manages, organisation, ready};
use crate::oversight::tests::{corrected, restored, revoked, suspended};
use crate::testing::TestApp;

#[tokio::test]
async fn a_holder_downloads_a_file_that_nobody_keeps_on_the_way() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let cookie = app.sign_in(person).await;
    let request = Request::get(address(&number)).header(header::HOST, "localhost:3000").header(header::COOKIE, cookie);
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    let saved_as = format!("attachment; filename=\"licence-{}.jwt\"", number.digits());
    for (name, value) in [
        (header::CONTENT_TYPE, "application/vc+jwt"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, &saved_as),
    ] {
        assert_eq!(response.headers()[&name], value);
    }
}

#[tokio::test]
async fn nobody_downloads_anothers_nor_learns_whether_there_is_one() {
    let app = TestApp::start().await;
    let (_, number) = holder(&app).await;
    assert_eq!(app.get(&address(&number), None).await.0, StatusCode::UNAUTHORIZED);
    let (other, theirs) = holder(&app).await;
    let officer = app.staff(Role::Administrator).await;
    for stranger in [other, officer] {
        let cookie = app.sign_in(stranger).await;
        let refused = app.get(&address(&number), Some(&cookie)).await;
        assert_eq!(refused.0, StatusCode::NOT_FOUND);
        for unknown in ["4821093755162049", "0000000000000000", "482109375516204", "x", "%D9%A4"] {
            let path = format!("/account/licences/{unknown}/credential.jwt");
            assert_eq!(app.get(&path, Some(&cookie)).await, refused, "{unknown}");
        }
    }
    let cookie = app.sign_in(other).await;
    assert_eq!(app.get(&address(&theirs), Some(&cookie)).await.0, StatusCode::OK);
}

#[tokio::test]
async fn what_no_longer_stands_is_neither_handed_out_nor_offered() {
    let app = TestApp::start().await;
    let (person, number) = holder(&app).await;
    let cookie = app.sign_in(person).await;
    let offered = async |number| {
        let file = app.get(&address(number), Some(&cookie)).await.0;
        let (status, page) = app.get(&format!("/account/licences/{}", number.digits()), Some(&cookie)).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(page.contains(&address(number)), file == StatusCode::OK);
        assert!([StatusCode::OK, StatusCode::NOT_FOUND].contains(&file));
        file == StatusCode::OK
    };
    assert!(offered(&number).await);
    suspended(&app, &number).await;
    assert!(!offered(&number).await);
    restored(&app, &number).await;
    assert!(offered(&number).await);
    let successor = corrected(&app, &number).await;
    assert_eq!((offered(&number).await, offered(&successor).await), (false, true));
    revoked(&app, &successor).await;
    assert!(!offered(&successor).await);
}

#[tokio::test]
async fn a_credential_is_the_same_each_time_and_in_each_language() {
    let app = start().await;
    let (person, number) = holder(&app).await;
    let first = downloaded(&app, person, &number).await;
    app.clock.advance(time::Duration::hours(1));
    let cookie = format!("__Host-{}; lang=en", app.sign_in(person).await);
    assert_eq!(app.get(&address(&number), Some(&cookie)).await.1, first);
}

#[tokio::test]
async fn a_licence_for_an_organisation_names_it_in_both_languages() {
    let app = start().await;
    let person = ready(&app, LicenceKind::Management).await;
    let body = organisation(&app).await;
    manages(&app, person, &body).await;
    let number = licensed_for(&app, person, &body, app.clock.now()).await;
    let said = part(&downloaded(&app, person, &number).await, 1);
    let role = said["credentialSubject"]["role"].as_str().unwrap();
    assert!(role.contains("باسم جهة / ") && role.ends_with("on behalf of Body"), "{role}");
}
