//! What the routes do for whoever calls them, what they set, and that nothing of them shows where they are off.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::super::count;
use super::provider::Provider;
use super::{location, open, start, start_with};
use crate::access::Role;
use crate::accounts::model::NationalTurn;
use crate::testing::TestApp;

#[tokio::test]
async fn where_none_is_configured_nothing_shows() {
    let app = TestApp::start().await;
    for path in ["/sign-in/national", "/sign-in/national/callback?state=a&code=b"] {
        assert_eq!(app.get(path, None).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let session = app.sign_in(app.person().await).await;
    for (path, session) in [
        ("/sign-in", None),
        ("/account", Some(session.as_str())),
        ("/sign-in?national=denied", None),
        ("/account?national=verified", Some(session.as_str())),
    ] {
        let (status, page) = app.get(path, session).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!page.contains("النفاذ الوطني") && !page.contains("/sign-in/national"), "{path}");
    }
}

#[tokio::test]
async fn where_one_is_configured_the_ways_show() {
    let (app, _) = start().await;
    let person = app.person().await;
    let session = app.sign_in(person).await;
    let way = "href=\"/sign-in/national\"";
    assert!(app.get("/sign-in", None).await.1.contains(way));
    assert!(app.get("/account", Some(&session)).await.1.contains(way));
    app.verify(person).await;
    assert!(!app.get("/account", Some(&session)).await.1.contains(way), "not once verified");
}

#[tokio::test]
async fn every_end_is_told_in_both_languages() {
    let (app, _) = start().await;
    let session = app.sign_in(app.person().await).await;
    for turn in NationalTurn::ALL {
        for (page, session) in [("/sign-in", None), ("/account", Some(session.as_str()))] {
            for cookie in ["lang=ar", "lang=en"] {
                let cookies = session.map_or_else(|| cookie.to_owned(), |session| format!("{session}; {cookie}"));
                let (status, html) = app.get(&format!("{page}?national={}", turn.code()), Some(&cookies)).await;
                assert_eq!(status, StatusCode::OK);
                assert!(html.contains("role=\"status\""), "{turn:?} on {page} in {cookie}");
            }
        }
    }
    let (_, html) = app.get("/sign-in?national=%3Cscript%3Ealert(1)", None).await;
    assert!(!html.contains("<script>alert") && !html.contains("role=\"status\""));
}

#[tokio::test]
async fn without_a_turn_under_way_no_caller_changes_anything() {
    let (app, _) = start().await;
    let mut callers = vec![None, Some(app.verified_person().await), Some(app.person().await)];
    for role in Role::ALL {
        callers.push(Some(app.staff(role).await));
    }
    let prints =
        "SELECT count(*) FROM sign_in_sessions s JOIN accounts a ON a.id = s.account_id WHERE revoked_at IS NULL";
    for person in callers {
        let session = match person {
            Some(person) => Some(app.sign_in(person).await),
            None => None,
        };
        let before = (count(&app, prints).await, count(&app, "SELECT count(*) FROM identity_confirmations").await);
        let cookies: Vec<&str> = [session.as_deref(), Some("national=guess")].into_iter().flatten().collect();
        let response = open(&app, "/sign-in/national/callback?state=guess&code=guess", &cookies).await;
        let page = if person.is_some() { "/account" } else { "/sign-in" };
        assert_eq!(location(&response), format!("{page}?national=spent"));
        let after = (count(&app, prints).await, count(&app, "SELECT count(*) FROM identity_confirmations").await);
        assert_eq!(before, after);
    }
}

#[tokio::test]
async fn another_site_sends_nobody_through_it() {
    let (app, _) = start().await;
    let request = Request::get("/sign-in/national")
        .header(header::HOST, "localhost:3000")
        .header("sec-fetch-site", "cross-site")
        .body(Body::empty())
        .unwrap();
    assert_eq!(location(&app.send(request).await), "/sign-in");
    assert_eq!(count(&app, "SELECT count(*) FROM single_sign_on_attempts").await, 0);
}

#[tokio::test]
async fn turns_from_one_address_are_limited() {
    let (app, _) = start().await;
    // Away from the end of a window, so that all are counted in one.
    app.clock.stand_at(time::macros::datetime!(2026-11-23 09:00 UTC));
    for _ in 0..100 {
        open(&app, "/sign-in/national", &[]).await;
    }
    assert_eq!(open(&app, "/sign-in/national", &[]).await.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(count(&app, "SELECT count(*) FROM single_sign_on_attempts").await, 100);
}

#[tokio::test]
async fn the_cookie_of_a_turn_is_for_the_server_alone() {
    let set = async |origin: &str| {
        let provider = Provider::start().await;
        let app = start_with(&provider.issuer, &[("RUKHSA_ORIGIN", origin)]).await;
        let response = open(&app, "/sign-in/national", &[]).await;
        response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned()
    };
    let plain = set("http://localhost:3000").await;
    assert!(
        plain.starts_with("national=") && plain.ends_with("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"),
        "{plain}"
    );
    let secure = set("https://rukhsa.example").await;
    assert!(secure.starts_with("__Host-national=") && secure.ends_with("SameSite=Lax; Secure"), "{secure}");
}

#[tokio::test]
async fn what_is_stored_of_a_turn_is_of_no_use_alone() {
    let (app, _) = start().await;
    let response = open(&app, "/sign-in/national", &[]).await;
    let address = location(&response).to_owned();
    let stored: String =
        sqlx::query_scalar("SELECT t::text FROM single_sign_on_attempts t").fetch_one(&app.owner).await.unwrap();
    for (name, value) in form_urlencoded::parse(address.split_once('?').unwrap().1.as_bytes()) {
        let hex: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
        assert!(!matches!(&*name, "state" | "nonce") || !stored.contains(&hex), "{name}");
    }
}
