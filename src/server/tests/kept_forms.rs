//! A form that failed without JavaScript: what was typed is kept, sealed, for ten minutes, for its sender alone.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use time::Duration;

use super::{form, read};
use crate::server::kept_form;
use crate::testing::TestApp;

const ASK: &str = "/api/accounts/ask_code";

/// Posts as a browser without JavaScript does; returns where it is sent and the cookie it is given.
async fn post(
    app: &TestApp,
    endpoint: &str,
    page: &str,
    body: String,
    cookie: Option<&str>,
) -> (String, Option<String>) {
    let mut request = form(endpoint, body);
    let headers = request.headers_mut();
    headers.insert(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8".parse().unwrap());
    headers.insert(header::REFERER, format!("http://localhost:3000{page}").parse().unwrap());
    if let Some(cookie) = cookie {
        headers.insert(header::COOKIE, cookie.parse().unwrap());
    }
    let (status, headers, _) = read(app.send(request).await).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let cookie = headers.get(header::SET_COOKIE).map(|cookie| cookie.to_str().unwrap().to_owned());
    if let Some(cookie) = &cookie {
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    }
    let to = headers[header::LOCATION].to_str().unwrap().to_owned();
    (to, cookie.map(|cookie| cookie.split(';').next().unwrap().to_owned()))
}

async fn page(app: &TestApp, path: &str, cookie: Option<&str>) -> String {
    let mut request = Request::get(path).header(header::ACCEPT, "text/html");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    read(app.send(request.body(Body::empty()).unwrap()).await).await.2
}

#[tokio::test]
async fn what_was_typed_stands_on_the_page_again_for_ten_minutes() {
    let app = TestApp::start().await;
    let body = "national_id=1999999999&mobile=05777".to_owned();
    let (to, cookie) = post(&app, ASK, "/sign-in?from=here", body, None).await;
    assert_eq!(to, "/sign-in?from=here");
    let cookie = cookie.unwrap();

    let shown = page(&app, &to, Some(&cookie)).await;
    for part in ["value=\"1999999999\"", "value=\"05777\"", "error-summary", "href=\"#national_id\""] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(!page(&app, "/help", Some(&cookie)).await.contains("1999999999"), "another page");
    assert!(!page(&app, &to, None).await.contains("1999999999"), "another visitor");
    assert!(!page(&app, &to, Some("kept=guessed")).await.contains("1999999999"), "another cookie");

    app.clock.advance(Duration::minutes(9));
    assert!(page(&app, &to, Some(&cookie)).await.contains("1999999999"));
    app.clock.advance(Duration::minutes(2));
    let later = page(&app, &to, Some(&cookie)).await;
    assert!(!later.contains("1999999999") && !later.contains("05777") && !later.contains("error-summary"));
}

#[tokio::test]
async fn what_is_kept_is_sealed_and_swept_away() {
    let app = TestApp::start().await;
    post(&app, ASK, "/sign-in", "national_id=1999999999&mobile=05777".to_owned(), None).await;
    let (contents, hash): (Vec<u8>, Vec<u8>) =
        sqlx::query_as("SELECT contents, cookie_hash FROM kept_forms").fetch_one(&app.pool).await.unwrap();
    assert!(!String::from_utf8_lossy(&contents).contains("1999999999"));
    assert_eq!(hash.len(), 32);
    app.clock.advance(Duration::minutes(11));
    kept_form::sweep(&mut app.pool.acquire().await.unwrap(), app.clock.now()).await.unwrap();
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM kept_forms").fetch_one(&app.pool).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_code_is_never_kept() {
    let app = TestApp::start().await;
    let attempt = "00000000-0000-4000-8000-000000000001";
    let path = format!("/sign-in/code/{attempt}");
    let body = format!("attempt={attempt}&code=987654");
    let (to, cookie) = post(&app, "/api/accounts/confirm_code", &path, body, None).await;
    let cookie = cookie.unwrap();
    let token = cookie.strip_prefix("kept=").unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    let kept = kept_form::kept(&mut connection, &app.state.config.keys, token, &path, app.clock.now()).await.unwrap();
    let names: Vec<String> = kept.unwrap().fields.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["attempt"]);
    let shown = page(&app, &to, Some(&cookie)).await;
    assert!(shown.contains("error-summary") && !shown.contains("987654"));
}

#[tokio::test]
async fn what_was_typed_is_shown_as_text_and_nothing_else() {
    let app = TestApp::start().await;
    let typed = "\"><script>alert(1)</script>";
    let body: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("national_id", typed)
        .append_pair("mobile", "</textarea><img src=x>")
        .finish();
    let (to, cookie) = post(&app, ASK, "/sign-in", body, None).await;
    let shown = page(&app, &to, cookie.as_deref()).await;
    assert!(!shown.contains("<script>alert") && !shown.contains("<img src=x>"), "{shown}");
    assert!(shown.contains("&quot;&gt;&lt;script&gt;"), "{shown}");
}

#[tokio::test]
async fn a_form_that_succeeds_is_forgotten_and_leads_on() {
    let app = TestApp::start().await;
    let (_, cookie) = post(&app, ASK, "/sign-in", "national_id=1&mobile=2".to_owned(), None).await;
    let body = "national_id=1000000008&mobile=0500000001".to_owned();
    let (to, _) = post(&app, ASK, "/sign-in", body, cookie.as_deref()).await;
    assert!(to.starts_with("/sign-in/code/"), "{to}");
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM kept_forms").fetch_one(&app.pool).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_form_returns_to_this_site_alone() {
    let app = TestApp::start().await;
    for (page, to) in
        [("//elsewhere.example/x", "/elsewhere.example/x"), ("/\\elsewhere.example", "/elsewhere.example")]
    {
        assert_eq!(post(&app, ASK, page, "national_id=1&mobile=2".to_owned(), None).await.0, to);
    }
}
