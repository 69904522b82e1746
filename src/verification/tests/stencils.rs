//! Pages by stencil against the same pages as rendered.

use std::io::Read;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use time::Duration;
use uuid::Uuid;

use super::KIND;
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, passes, ready};
use crate::testing::TestApp;
use crate::verification::stencil::Given;

/// A page as a browser with these cookies gets it.
struct Got {
    /// Whether a stencil gave it.
    given: bool,
    headers: HeaderMap,
    page: String,
}

async fn get(app: &TestApp, path: &str, cookies: &str, encoding: &str) -> Got {
    let request = Request::get(path)
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "localhost:3000")
        .header(header::COOKIE, cookies)
        .header(header::ACCEPT_ENCODING, encoding);
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    let given = response.extensions().get::<Given>().is_some();
    let headers = response.headers().clone();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let mut page = String::new();
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "gzip") {
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut page).unwrap();
    } else {
        page = String::from_utf8(bytes.to_vec()).unwrap();
    }
    Got { given, headers, page }
}

/// Without what is new at each request: the nonce and the request's id.
fn masked(got: &Got) -> (String, Vec<(String, String)>) {
    let policy = got.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    let nonce = policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0;
    assert!(nonce.len() >= 20, "{nonce}");
    assert!(got.page.contains(&format!("nonce=\"{nonce}\"")));
    let mut headers: Vec<(String, String)> = got
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id" && *name != header::CONTENT_LENGTH)
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().replace(nonce, "NONCE")))
        .collect();
    headers.sort();
    (got.page.replace(nonce, "NONCE"), headers)
}

/// The page of a number is given by a stencil once one of its shape was rendered, and is what would be rendered.
async fn given_as_rendered(app: &TestApp, cookies: &str, first: &LicenceNumber, second: &LicenceNumber, says: &str) {
    for path in ["/verify", "/v"] {
        get(app, &format!("{path}/{}", first.digits()), cookies, "identity").await;
        let address = format!("{path}/{}", second.digits());
        let given = get(app, &address, cookies, "identity").await;
        assert!(given.given, "{says}: {address} with «{cookies}»");
        let rendered = get(app, &format!("{address}?rendered"), cookies, "identity").await;
        assert!(!rendered.given);
        assert!(rendered.page.contains(says), "{says}");
        assert!(!given.page.contains(first.digits()));
        assert_eq!(masked(&given), masked(&rendered), "{says}");
        let zipped = get(app, &address, cookies, "gzip, deflate, br").await;
        assert_eq!(zipped.headers[header::CONTENT_ENCODING], "gzip");
        assert_eq!(masked(&zipped).0, masked(&rendered).0);
    }
}

async fn rename(app: &TestApp, person: Uuid, given: &str, family: &str) {
    sqlx::query("UPDATE persons SET given_name = $2, family_name = $3 WHERE id = $1")
        .bind(person)
        .bind(given)
        .bind(family)
        .execute(&app.owner)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_stencil_gives_what_would_be_rendered() {
    let app = TestApp::start().await;
    let now = app.clock.now();
    // The pages compared are given one after the other, and tell when.
    app.clock.stand_at(now);
    let (one, other) = (ready(&app, KIND).await, ready(&app, KIND).await);
    rename(&app, other, "نورة", "الحربي").await;
    let first = licensed(&app, one, KIND, now - Duration::days(40)).await;
    let second = licensed(&app, other, KIND, now).await;
    let nobodys = |digits| LicenceNumber::from_digits15(digits).unwrap();
    for cookies in ["", "lang=en"] {
        app.put_licences(None, "active").await;
        given_as_rendered(&app, cookies, &first, &second, "verdict--valid").await;
        app.put_licences(None, "suspended").await;
        given_as_rendered(&app, cookies, &first, &second, "verdict--suspended").await;
        let (unknown, unknown_too) = (nobodys("123456789012345"), nobodys("543210987654321"));
        given_as_rendered(&app, cookies, &unknown, &unknown_too, "verdict--not-found").await;
    }
    app.put_licences(None, "active").await;
    app.clock.advance(Duration::days(800));
    given_as_rendered(&app, "", &first, &second, "verdict--expired").await;
    app.put_licences(None, "revoked").await;
    given_as_rendered(&app, "", &first, &second, "verdict--revoked").await;
}

#[tokio::test]
async fn a_change_shows_on_the_next_page() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    let address = format!("/v/{}", number.digits());
    get(&app, &address, "", "identity").await;
    let before = get(&app, &address, "", "identity").await;
    assert!(before.given && before.page.contains("verdict--valid"));
    for state in ["suspended", "active", "revoked"] {
        app.put_licences(None, state).await;
        let verdict = if state == "active" { "verdict--valid" } else { &format!("verdict--{state}") };
        assert!(get(&app, &address, "", "identity").await.page.contains(verdict), "{state}");
    }
}

#[tokio::test]
async fn a_page_that_must_say_more_is_rendered() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let number = licensed(&app, person, KIND, app.clock.now()).await;
    let address = format!("/verify/{}", number.digits());
    get(&app, &address, "", "identity").await;
    assert!(get(&app, &address, "", "identity").await.given);

    let session = app.sign_in(person).await;
    let signed_in = get(&app, &address, &session, "identity").await;
    assert!(!signed_in.given && signed_in.page.contains("href=\"/account\""));
    let grouped = address.replace(number.digits(), &number.grouped().replace(' ', "%20"));
    assert!(!get(&app, &grouped, "", "identity").await.given);

    // A form that failed without script comes back with what was typed.
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("number", number.digits()), ("name", "اسم آخر")])
        .finish();
    let post = Request::post("/api/verification/check_name")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header(header::REFERER, format!("http://localhost:3000{address}"));
    let response = app.send(post.body(Body::from(body)).unwrap()).await;
    let kept = response.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let failed = get(&app, &address, &kept, "identity").await;
    assert!(!failed.given && failed.page.contains("اسم آخر"));
}

#[tokio::test]
async fn a_body_whose_name_html_escapes_is_rendered() {
    let app = TestApp::start().await;
    let organisation = crate::licences::tests::organisation(&app).await;
    let person = ready(&app, KIND).await;
    licensed(&app, person, KIND, app.clock.now()).await;
    passes(&app, person, LicenceKind::TeamLeader).await;
    let leader = licensed(&app, person, LicenceKind::TeamLeader, app.clock.now()).await;
    let address = format!("/v/{}", leader.digits());
    for (name, given) in [("فريق قمم", true), ("فريق <b>\"قمم\"</b>", false), ("فريق سند", true)] {
        sqlx::query(
            "INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id,
                 leader_id, approved_at)
             VALUES ('qimam', $1, 'Q', 'q', 'غ', 'P', 'riyadh', $2::uuid, $3, now())
             ON CONFLICT (slug) DO UPDATE SET name_ar = excluded.name_ar",
        )
        .bind(name)
        .bind(&organisation)
        .bind(person)
        .execute(&app.owner)
        .await
        .unwrap();
        get(&app, &address, "", "identity").await;
        let got = get(&app, &address, "", "identity").await;
        assert_eq!(got.given, given, "{name}");
        assert!(!got.page.contains("<b>"));
        assert!(got.page.contains(if given { name } else { "&lt;b&gt;" }));
    }
}
