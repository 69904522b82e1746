//! The files over HTTP: whose they are, and what they are.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use uuid::Uuid;

use super::Printed;
use super::picture::Picture;
use super::scanning::read_by_zbar;
use crate::access::Role;
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, ready};
use crate::oversight::tests::{corrected, restored, revoked, suspended};
use crate::signing::model::verify;
use crate::signing::tests::trusted;
use crate::testing::TestApp;

async fn get(app: &TestApp, path: &str, cookie: Option<&str>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::get(path).header(header::HOST, "localhost:3000");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, to_bytes(response.into_body(), 4 * 1024 * 1024).await.unwrap().to_vec())
}

/// The papers of somebody who passed a programme and was licensed: the paths, the licence's number, and who it is.
async fn holder(app: &TestApp) -> ([String; 3], LicenceNumber, Uuid) {
    let person = ready(app, LicenceKind::Practitioner).await;
    let number = licensed(app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let enrolment: Uuid = sqlx::query_scalar("SELECT id FROM enrolments").fetch_one(&app.owner).await.unwrap();
    let paths = [
        format!("/account/licences/{}.pdf", number.digits()),
        format!("/account/licences/{}/card.pdf", number.digits()),
        format!("/account/certificates/{enrolment}.pdf"),
    ];
    (paths, number, person)
}

#[tokio::test]
async fn a_holder_gets_each_paper_in_the_language_they_chose() {
    let app = TestApp::start().await;
    let (paths, number, person) = holder(&app).await;
    let cookie = app.sign_in(person).await;
    let number = number.digits();
    let names = [format!("licence-{number}.pdf"), format!("card-{number}.pdf"), "certificate-".to_owned()];
    for (path, name) in paths.iter().zip(names) {
        for (language, said) in [("", "محمد عبد الله سعد القحطاني"), ("; lang=en", "Mohammed Alqahtani")]
        {
            let (status, headers, bytes) = get(&app, path, Some(&format!("{cookie}{language}"))).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert_eq!(headers[header::CONTENT_TYPE], "application/pdf");
            assert_eq!(headers[header::CACHE_CONTROL], "no-store");
            let disposition = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
            assert!(disposition.starts_with(&format!("inline; filename=\"{name}")) && disposition.ends_with(".pdf\""));
            assert!(bytes.starts_with(b"%PDF-"));
            let text = String::from_utf8(Printed::of(&bytes).told("pdftotext", &[])).unwrap();
            let scheme =
                if language.is_empty() { "رخصة العمل التطوعي" } else { "olunteer work licence" };
            assert!(text.contains(said) && text.contains(scheme), "{path}: {text}");
        }
    }
}

#[tokio::test]
async fn the_code_of_a_licence_is_signed_by_the_register() {
    let app = TestApp::start().await;
    let keys = trusted(&app).await;
    let (paths, number, person) = holder(&app).await;
    let cookie = app.sign_in(person).await;
    for (path, page) in [(&paths[0], 1), (&paths[1], 2)] {
        let (_, _, bytes) = get(&app, path, Some(&cookie)).await;
        let address = read_by_zbar(&Picture::of(&Printed::of(&bytes), page, 300));
        let (page, token) = address.split_once('#').expect("a signed part");
        assert_eq!(page, format!("{}/v/{}", app.state.config.origin, number.digits()));
        assert_eq!(verify(token, &keys).unwrap().number, number, "{path}");
    }
}

#[tokio::test]
async fn nobody_gets_the_papers_of_another() {
    let app = TestApp::start().await;
    let (paths, _, person) = holder(&app).await;
    let stranger = app.sign_in(app.person().await).await;
    let officer = app.sign_in(app.staff(Role::Administrator).await).await;
    let owner = app.sign_in(person).await;
    for path in &paths {
        assert_eq!(get(&app, path, None).await.0, StatusCode::UNAUTHORIZED, "{path}");
        for other in [&stranger, &officer] {
            let (status, _, said) = get(&app, path, Some(other)).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            let unknown = path.replace(|c: char| c.is_ascii_digit(), "0");
            assert_eq!((status, said), {
                let (status, _, said) = get(&app, &unknown, Some(other)).await;
                (status, said)
            });
        }
        let (status, headers, _) = get(&app, &path.replace(".pdf", ".pdf.pdf"), Some(&owner)).await;
        assert!(
            status == StatusCode::NOT_FOUND || !headers[header::CONTENT_TYPE].as_bytes().ends_with(b"pdf"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_no_longer_stands_is_not_handed_out() {
    let app = TestApp::start().await;
    let (paths, number, person) = holder(&app).await;
    let cookie = app.sign_in(person).await;
    suspended(&app, &number).await;
    assert_eq!(handed_out(&app, &number, &cookie).await, [false; 3]);
    restored(&app, &number).await;
    assert_eq!(handed_out(&app, &number, &cookie).await, [true; 3]);
    let successor = corrected(&app, &number).await;
    assert_eq!(handed_out(&app, &number, &cookie).await, [false; 3]);
    assert_eq!(handed_out(&app, &successor, &cookie).await, [true; 3]);
    revoked(&app, &successor).await;
    assert_eq!(handed_out(&app, &successor, &cookie).await, [false; 3]);
    assert_eq!(get(&app, &paths[2], Some(&cookie)).await.0, StatusCode::OK, "the training stands");
}

/// Whether a licence's sheet, its card, and links to them on its page are there.
async fn handed_out(app: &TestApp, number: &LicenceNumber, cookie: &str) -> [bool; 3] {
    let page = format!("/account/licences/{}", number.digits());
    let [sheet, card] = [format!("{page}.pdf"), format!("{page}/card.pdf")];
    let (status, shown) = app.get(&page, Some(cookie)).await;
    assert_eq!(status, StatusCode::OK);
    let is_there = async |path: &str| match get(app, path, Some(cookie)).await.0 {
        StatusCode::OK => true,
        status => {
            assert_eq!(status, StatusCode::NOT_FOUND);
            false
        }
    };
    [is_there(&sheet).await, is_there(&card).await, shown.contains(&sheet) && shown.contains(&card)]
}

#[tokio::test]
async fn a_certificate_is_of_what_was_passed() {
    let app = TestApp::start().await;
    let person = app.verified_person().await;
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme("practitioner").await;
    let session = app.session(programme, 10, trainer).await;
    let attended = app.attended(session, person).await;
    let cookie = app.sign_in(person).await;
    let path = format!("/account/certificates/{attended}.pdf");
    assert_eq!(get(&app, &path, Some(&cookie)).await.0, StatusCode::NOT_FOUND);
    assert!(!app.get("/account", Some(&cookie)).await.1.contains("/account/certificates/"));
    assert!(!app.get(&format!("/account/test/{attended}"), Some(&cookie)).await.1.contains("/account/certificates/"));
}

#[tokio::test]
async fn what_was_passed_leads_to_its_certificate() {
    let app = TestApp::start().await;
    let (paths, _, person) = holder(&app).await;
    let cookie = app.sign_in(person).await;
    let test = paths[2].replace("certificates", "test").replace(".pdf", "");
    for page in ["/account", &test, &format!("{test}/result/1")] {
        assert!(app.get(page, Some(&cookie)).await.1.contains(&paths[2]), "{page}");
    }
}
