//! Pages as a whole, whatever they show.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::{opened, read};
use crate::access::Role;
use crate::testing::TestApp;

/// Leptos holds back every resource of the process while it looks for the paths of the pages.
#[tokio::test]
async fn pages_load_while_another_portal_is_set_up() {
    let app = TestApp::start().await;
    let state = app.state.clone();
    let setting_up = std::thread::spawn(move || {
        for _ in 0..20 {
            drop(crate::cli::router(state.clone()));
        }
    });
    for _ in 0..20 {
        let page = tokio::time::timeout(Duration::from_secs(20), app.get("/", None)).await;
        assert_eq!(page.expect("the page came").0, StatusCode::OK);
    }
    setting_up.join().unwrap();
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_told_in_the_portals_own_shell() {
    let app = TestApp::start().await;
    for path in [
        "/nowhere",
        "/account/nothing/here",
        "/%D8%B5%D9%81%D8%AD%D8%A9",
        "/%",
        "/%FF",
        "//",
        "/..%2F..%2Fetc",
        "/fonts/none.woff2",
    ] {
        let (status, headers, page) = read(app.send(opened(path, "")).await).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("script-src 'nonce-"), "{path}: {policy}");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        for part in ["<title>الصفحة غير موجودة</title>", "class=\"header\"", "class=\"footer\"", "href=\"/sign-in\""]
        {
            assert!(page.contains(part), "{path}: {part} in {page}");
        }
    }
    let (_, _, english) = read(app.send(opened("/nowhere", "lang=en")).await).await;
    assert!(
        english.contains("<html lang=\"en\" dir=\"ltr\">") && english.contains("<title>Page not found</title>"),
        "{english}"
    );
}

#[tokio::test]
async fn who_is_signed_in_stays_so_where_there_is_no_page() {
    let app = TestApp::start().await;
    let cookie = app.sign_in(app.staff(Role::Trainer).await).await;
    let (status, page) = app.get("/nowhere", Some(&cookie)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("href=\"/account\"") && page.contains("href=\"/trainer\""), "{page}");
    assert!(!page.contains("href=\"/sign-in\""), "{page}");
}

#[tokio::test]
async fn a_page_of_nothing_says_so_too() {
    let app = TestApp::start().await;
    let cookie = app.sign_in(app.verified_person().await).await;
    for path in [
        "/licences/nonsense",
        "/training/nonsense",
        "/account/request/nonsense",
        "/account/requests/nonsense",
        "/account/licences/nonsense",
        "/account/test/nonsense",
    ] {
        let (status, page) = app.get(path, Some(&cookie)).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.contains("الصفحة غير موجودة"), "{path}");
    }
}

#[tokio::test]
async fn what_is_no_page_is_missing_without_one() {
    let app = TestApp::start().await;
    for path in ["/pkg/none.js", "/fonts/none.woff2", "/none.png"] {
        let request = Request::get(path).header(header::ACCEPT, "*/*").body(Body::empty()).unwrap();
        let (status, _, body) = read(app.send(request).await).await;
        assert_eq!((status, body.as_str()), (StatusCode::NOT_FOUND, ""), "{path}");
    }
}
