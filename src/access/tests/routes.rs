//! Plain routes: each that is mounted stands in the list, and lets in whom the list says.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use super::{Who, everybody, fingerprint, permitted};
use crate::access::matrix::{Access, Door, ROUTES, access_to};
use crate::testing::TestApp;

const ID: &str = "00000000-0000-4000-8000-000000000001";
const NUMBER: &str = "4821093755162049";

/// Answered by what stands around the pages, not by a route of the router's.
const BESIDE_PAGES: &[&str] = &["/account/licences/{number}.pdf"];

/// With a provider for single sign-on, which mounts its routes. Nobody answers there.
async fn portal() -> TestApp {
    TestApp::start_with(&[
        ("RUKHSA_MODE", "development"),
        ("RUKHSA_SSO_ISSUER", "http://127.0.0.1:9"),
        ("RUKHSA_SSO_CLIENT_ID", "rukhsa"),
        ("RUKHSA_SSO_CLIENT_SECRET", "secret"),
    ])
    .await
}

/// What is mounted, as the router itself tells it: a path for each route, and those of folders with their rest cut off.
fn mounted(app: &TestApp) -> BTreeSet<String> {
    let told = format!("{:?}", app.router);
    let pages: BTreeSet<&str> = crate::cli::page_paths().collect();
    let mut paths = BTreeSet::new();
    for rest in told.split("RouteId(").skip(1) {
        // `RouteId(7): "/path"`; what else follows an id is no path.
        let Some((id, path)) = rest.split_once("): \"") else { continue };
        if !id.bytes().all(|digit| digit.is_ascii_digit()) {
            continue;
        }
        let path = path.split('"').next().unwrap_or_default();
        let folder = path.split("/{*__private__").next().unwrap_or_default().trim_end_matches('/');
        // The fallback, which is the site's folder of files, has no path of its own.
        if !folder.is_empty() && path != "/api/{*path}" && !pages.contains(path) {
            paths.insert(folder.to_owned());
        }
    }
    paths
}

/// Whether somebody is let in by a door.
fn lets_in(door: Door, who: &Who) -> bool {
    match door {
        Door::Open => permitted(Access::Public, who),
        Door::As(endpoint) => {
            permitted(access_to(endpoint).unwrap_or_else(|| panic!("{endpoint} is no row of the matrix")), who)
        }
        Door::Key => false,
    }
}

/// A well-formed request of a route, for something that is not there.
fn sample(path: &str) -> (Method, String, Option<(&'static str, String)>) {
    let form = |fields: &str| Some(("application/x-www-form-urlencoded", fields.to_owned()));
    let multipart = |name: &str, file: &str, contents: &str| {
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{contents}\r\n--edge--\r\n"
        );
        Some(("multipart/form-data; boundary=edge", body))
    };
    let sent = match path {
        "/language" => form("language=ar"),
        "/api/v1/licences:verify" => Some(("application/json", format!("{{\"numbers\":[\"{NUMBER}\"]}}"))),
        "/verify/bulk/new" => multipart("numbers", "", NUMBER),
        "/admin/uploads/{what}" => multipart("file", "; filename=\"list.csv\"", "key\r\n"),
        _ => None,
    };
    let method = if sent.is_some() { Method::POST } else { Method::GET };
    let path = match path {
        "/admin/downloads/templates/{what}" => "/admin/downloads/templates/sessions.csv".to_owned(),
        "/admin/uploads/{what}" => "/admin/uploads/sessions".to_owned(),
        "/account/certificates/{file}" => format!("/account/certificates/{ID}.pdf"),
        "/verify/bulk/{id}/{file}" => format!("/verify/bulk/{ID}/answers.csv"),
        "/verify/{number}/on.jws" => format!("/verify/{NUMBER}/on.jws?date=2026-01-03"),
        "/status/{purpose}/{list}" => "/status/revocation/0".to_owned(),
        "/pkg" => "/pkg/rukhsa.css".to_owned(),
        path => path.replace("{number}", NUMBER).replace("{id}", ID),
    };
    (method, path, sent)
}

async fn call(app: &TestApp, path: &str, who: &Who) -> StatusCode {
    let (method, path, sent) = sample(path);
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin");
    let cookie = match who.person {
        Some(person) if who.passed => Some(app.sign_in(person).await),
        Some(person) => Some(format!("session={}", app.sign_in_by_code(person).await)),
        None => None,
    };
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let body = match sent {
        Some((kind, body)) => {
            request = request.header(header::CONTENT_TYPE, kind);
            Body::from(body)
        }
        None => Body::empty(),
    };
    app.send(request.body(body).unwrap()).await.status()
}

#[tokio::test]
async fn every_mounted_route_stands_in_the_list() {
    let app = portal().await;
    let mounted = mounted(&app);
    let listed: BTreeSet<String> = ROUTES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(listed.len(), ROUTES.len(), "a route stands twice");
    let unlisted: Vec<_> = mounted.difference(&listed).collect();
    assert!(unlisted.is_empty(), "mounted, and not in the list of access/matrix.rs: {unlisted:?}");
    let gone: Vec<_> = listed.difference(&mounted).filter(|path| !BESIDE_PAGES.contains(&path.as_str())).collect();
    assert!(gone.is_empty(), "in the list, and not mounted: {gone:?}");
}

#[tokio::test]
async fn a_route_that_is_mounted_anew_is_seen() {
    let mut app = portal().await;
    let before = mounted(&app);
    let more = axum::Router::new().route("/admin/secrets.csv", axum::routing::get(|| async { "" }));
    app.router = app.router.clone().merge(more);
    let found: Vec<_> = mounted(&app).difference(&before).cloned().collect();
    assert_eq!(found, ["/admin/secrets.csv"]);
}

#[tokio::test]
async fn who_is_refused_at_a_route_is_told_so_and_changes_nothing() {
    let app = portal().await;
    let everybody = everybody(&app).await;
    let before = fingerprint(&app).await;
    let mut cells = 0;
    for (path, door) in ROUTES {
        for who in everybody.iter().filter(|who| !lets_in(*door, who)) {
            let status = call(&app, path, who).await;
            let unknown = who.person.is_none() || *door == Door::Key;
            let expected = if unknown { StatusCode::UNAUTHORIZED } else { StatusCode::FORBIDDEN };
            assert_eq!(status, expected, "{} asks for {path}", who.name);
            cells += 1;
        }
    }
    assert_eq!(fingerprint(&app).await, before);
    assert!(cells > 0);
}

#[tokio::test]
async fn who_is_permitted_at_a_route_is_let_in() {
    let app = portal().await;
    let everybody = everybody(&app).await;
    for (path, door) in ROUTES {
        for who in everybody.iter().filter(|who| lets_in(*door, who)) {
            let status = call(&app, path, who).await;
            let refused = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::BAD_REQUEST);
            assert!(!refused && !status.is_server_error(), "{} asks for {path}: {status}", who.name);
        }
    }
}
