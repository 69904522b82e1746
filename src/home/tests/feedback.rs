//! What visitors say of the pages: kept, nobody's, and read by nobody through the portal.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use time::Duration;

use crate::testing::TestApp;

/// Answers from a page, as a script does or as a form without one.
async fn send(app: &TestApp, page: &str, accept: &str, fields: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post("/api/home/feedback")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, accept)
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header(header::REFERER, format!("http://localhost:3000{page}"))
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    let (parts, body) = app.send(request).await.into_parts();
    let body = to_bytes(body, 64 * 1024).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&body).into_owned())
}

async fn kept(app: &TestApp) -> Vec<(String, bool, Option<String>)> {
    sqlx::query_as("SELECT page, useful, remark FROM page_feedback ORDER BY id").fetch_all(&app.owner).await.unwrap()
}

#[tokio::test]
async fn an_answer_is_kept_with_the_words_of_its_page_alone() {
    let app = TestApp::start().await;
    let script = "application/json";
    for (page, fields) in [
        ("/verify/4821093755162049?name=secret", [("useful", "true"), ("remark", "")]),
        ("/help", [("useful", "false"), ("remark", "  الخط \n صغير ")]),
    ] {
        let (status, headers, _) = send(&app, page, script, &fields).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(!headers.contains_key("serverfnredirect"), "a script stays where it is");
    }
    assert_eq!(
        kept(&app).await,
        [("/verify/*".to_owned(), true, None), ("/help".to_owned(), false, Some("الخط صغير".to_owned()))]
    );
}

#[tokio::test]
async fn without_a_script_the_page_comes_back_with_thanks() {
    let app = TestApp::start().await;
    let (status, headers, _) = send(&app, "/training?kind=practitioner", "text/html", &[("useful", "true")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers[header::LOCATION], "/training?kind=practitioner#thanks");
    for path in ["/", "/help", "/nowhere"] {
        let (_, page) = app.get(path, None).await;
        for part in ["id=\"thanks\"", "شكرًا لك", "action=\"/api/home/feedback\"", "name=\"useful\" value=\"false\""]
        {
            assert!(page.contains(part), "{path}: {part} in {page}");
        }
    }
}

#[tokio::test]
async fn a_remark_too_long_stays_on_the_page_and_is_not_kept() {
    let app = TestApp::start().await;
    let remark = "ط".repeat(501);
    let fields = [("useful", "true"), ("remark", remark.as_str())];
    let (status, headers, _) = send(&app, "/help", "text/html", &fields).await;
    assert_eq!((status, headers[header::LOCATION].to_str().unwrap()), (StatusCode::SEE_OTHER, "/help"));
    let cookie = headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let (_, page) = app.get("/help", Some(&cookie)).await;
    assert!(page.contains(&remark) && page.contains("href=\"#remark\""));
    for (fields, status) in [
        (vec![("useful", "true"), ("remark", remark.as_str())], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("useful", "perhaps")], StatusCode::BAD_REQUEST),
        (vec![("remark", "no answer")], StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(send(&app, "/help", "application/json", &fields).await.0, status);
    }
    assert!(kept(&app).await.is_empty());
    let longest = [("useful", "true"), ("remark", &remark[..1000])];
    assert_eq!(send(&app, "/help", "application/json", &longest).await.0, StatusCode::OK);
}

#[tokio::test]
async fn one_address_answers_thirty_times_an_hour() {
    let app = TestApp::start().await;
    for _ in 0..30 {
        assert_eq!(app.post("home/feedback", None, &[("useful", "true")]).await.0, StatusCode::OK);
    }
    assert_eq!(app.post("home/feedback", None, &[("useful", "true")]).await.0, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(kept(&app).await.len(), 30);
    // A browser that names no page is believed all the same.
    assert_eq!(kept(&app).await[0].0, "/*");
    app.clock.advance(Duration::hours(1));
    assert_eq!(app.post("home/feedback", None, &[("useful", "true")]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_application_neither_reads_nor_rewrites_what_was_said() {
    let app = TestApp::start().await;
    app.post("home/feedback", None, &[("useful", "true")]).await;
    for statement in
        ["SELECT 1 FROM page_feedback", "UPDATE page_feedback SET useful = false", "DELETE FROM page_feedback"]
    {
        assert!(sqlx::query(statement).execute(&app.pool).await.is_err(), "{statement}");
    }
    let statement = "INSERT INTO page_feedback (page, useful, at) VALUES ('/verify/4821093755162049', true, now())";
    let refused = sqlx::query(statement).execute(&app.pool).await.unwrap_err();
    assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some("page_feedback_words_only"));
    assert!(sqlx::query("UPDATE page_feedback SET useful = false").execute(&app.owner).await.is_err());
}
