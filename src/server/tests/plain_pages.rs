//! What goes wrong before a page is rendered is told to people in words, and to scripts as before.

use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::get;
use tower::ServiceExt;

use super::probes::CANARY;
use super::{form, opened, read};
use crate::cli::within_layers;
use crate::testing::TestApp;

/// Both languages, a way home, and nothing that runs.
fn assert_plain(headers: &HeaderMap, page: &str, title: &str) {
    assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("default-src 'none'"));
    for part in [title, "lang=\"ar\" dir=\"rtl\"", "lang=\"en\" dir=\"ltr\"", "href=\"/\""] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("<style"), "{page}");
}

async fn broken() -> &'static str {
    panic!("{CANARY}")
}

async fn endless() -> &'static str {
    std::future::pending().await
}

#[tokio::test]
async fn a_panic_and_a_wait_without_end_are_told_in_words() {
    let app = TestApp::start().await;
    let routes = Router::new().route("/broken", get(broken)).route("/endless", get(endless));
    let portal = within_layers(routes, app.state.clone(), Duration::from_millis(100));
    for (path, status, title) in [
        ("/broken", StatusCode::INTERNAL_SERVER_ERROR, "حدث خطأ"),
        ("/endless", StatusCode::SERVICE_UNAVAILABLE, "الخدمة غير متاحة الآن"),
    ] {
        let (found, headers, page) = read(portal.clone().oneshot(opened(path, "")).await.unwrap()).await;
        assert_eq!(found, status);
        assert_plain(&headers, &page, title);
        assert!(!page.contains(CANARY));
    }
    let (_, _, page) = read(portal.oneshot(opened("/broken", "")).await.unwrap()).await;
    let reference = page.split("الرقم المرجعي ").nth(1).and_then(|rest| rest.get(..8));
    assert!(reference.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_digit())), "{page}");
}

#[tokio::test]
async fn a_database_that_is_away_is_told_with_and_without_a_sign_in() {
    let app = TestApp::start().await;
    let cookie = app.sign_in(app.person().await).await;
    app.pool.close().await;
    app.state.readers.close().await;
    let (status, headers, page) = read(app.send(opened("/help", &cookie)).await).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_plain(&headers, &page, "الخدمة غير متاحة الآن");
    // Rendering has begun: the page tells it in the portal's own shell.
    let (status, _, page) = read(app.send(opened("/", "")).await).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.contains("class=\"header\"") && page.contains("الخدمة غير متاحة الآن"), "{page}");
}

#[tokio::test]
async fn a_flood_is_told_when_to_come_back() {
    let app = TestApp::start().await;
    for _ in 0..20_000 {
        let (status, headers, page) = read(app.send(opened("/healthz", "")).await).await;
        if status == StatusCode::TOO_MANY_REQUESTS {
            assert!(headers[header::RETRY_AFTER].to_str().unwrap().parse::<u32>().is_ok());
            return assert_plain(&headers, &page, "طلبات كثيرة");
        }
    }
    panic!("no limit was met");
}

#[tokio::test]
async fn a_form_that_is_refused_on_the_way_is_told_in_words_and_a_script_by_a_code() {
    let app = TestApp::start().await;
    let body = format!("national_id={}", "1".repeat(70_000));
    let mut request = form("/api/accounts/ask_code", body.clone());
    request.headers_mut().insert(header::ACCEPT, "text/html".parse().unwrap());
    let (status, headers, page) = read(app.send(request).await).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_plain(&headers, &page, "حجم ما أُرسل أكبر من المسموح");
    let (_, headers, _) = read(app.send(form("/api/accounts/ask_code", body)).await).await;
    assert_eq!(headers[header::CONTENT_TYPE], "application/json");
}

#[tokio::test]
async fn the_language_chosen_comes_first() {
    let app = TestApp::start().await;
    let (status, _, page) = read(app.send(opened("/pkg/none.js", "lang=en")).await).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(
        page.contains("<html lang=\"en\"")
            && page.find("lang=\"en\" dir=\"ltr\"><h1>") < page.find("lang=\"ar\" dir=\"rtl\"><h1>")
    );
}
