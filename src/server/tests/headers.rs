//! What every answer says to the browser about itself.

use std::collections::HashSet;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};

use super::read;
use crate::testing::TestApp;

async fn open(app: &TestApp, path: &str) -> (StatusCode, HeaderMap, String) {
    read(app.send(Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap()).await).await
}

/// The nonce that a page's policy names.
fn nonce(headers: &HeaderMap) -> String {
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    policy.split("'nonce-").nth(1).expect(policy).split('\'').next().unwrap().to_owned()
}

#[tokio::test]
async fn pages_run_no_script_and_no_style_but_their_own() {
    let app = TestApp::start().await;
    for path in ["/", "/help", "/dev/components"] {
        let (status, headers, body) = open(&app, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        for part in [
            "default-src 'none'",
            "'wasm-unsafe-eval'",
            "style-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {part} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        let nonce = nonce(&headers);
        for script in body.split("<script").skip(1) {
            let (tag, inside) = script.split_once('>').unwrap();
            // An empty one, which the translations leave for the browser's half to find, runs nothing.
            let runs = tag.contains("src") || !inside.starts_with("</script>");
            assert!(!runs || tag.contains(&format!("nonce=\"{nonce}\"")), "{path}: <script{tag}>");
        }
        assert!(!body.contains("<style") && !body.contains(" style=\""), "{path} has a style of its own");
        for handler in [" onclick=", " onload=", " onsubmit=", "javascript:"] {
            assert!(!body.contains(handler), "{path}: {handler}");
        }
    }
}

#[tokio::test]
async fn a_nonce_is_never_used_twice() {
    let app = TestApp::start().await;
    let mut seen = HashSet::new();
    for _ in 0..20 {
        assert!(seen.insert(nonce(&open(&app, "/").await.1)));
    }
}

#[tokio::test]
async fn every_kind_of_answer_carries_the_security_headers() {
    let app = TestApp::start().await;
    for path in ["/", "/nowhere", "/api/nowhere", "/healthz", "/mark.svg"] {
        let (_, headers, _) = open(&app, path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(headers.get(name).map(|found| found.to_str().unwrap()), Some(value), "{path}: {name}");
        }
        assert!(headers.contains_key(header::CONTENT_SECURITY_POLICY), "{path}");
        assert!(headers.contains_key("x-request-id"), "{path}");
    }
    assert_eq!(open(&app, "/").await.1[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn production_tells_browsers_to_stay_on_https() {
    let app = TestApp::in_production().await;
    assert!(open(&app, "/").await.1.contains_key(header::STRICT_TRANSPORT_SECURITY));
    assert!(!open(&TestApp::start().await, "/").await.1.contains_key(header::STRICT_TRANSPORT_SECURITY));
}

#[tokio::test]
async fn pages_of_development_exist_there_only() {
    let development = TestApp::start().await;
    let production = TestApp::in_production().await;
    for path in ["/dev/components", "/dev/inbox", "/dev/inbox.json"] {
        assert_eq!(open(&development, path).await.0, StatusCode::OK, "{path}");
        assert_eq!(open(&production, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_choice_of_language_returns_to_this_site_alone() {
    let app = TestApp::start().await;
    for (from, to) in [
        ("http://localhost:3000/help?a=b", "/help?a=b"),
        ("http://localhost:3000//elsewhere.example/help", "/elsewhere.example/help"),
        ("https://elsewhere.example/help", "/help"),
        ("http://localhost:3000/\\elsewhere.example", "/elsewhere.example"),
        ("nonsense", "/"),
    ] {
        let mut request = super::form("/language", "lang=en");
        if let Ok(from) = from.parse() {
            request.headers_mut().insert(header::REFERER, from);
        }
        let (status, headers, _) = read(app.send(request).await).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(headers[header::LOCATION], to, "from {from}");
    }
}
