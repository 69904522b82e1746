//! People are written to in the language of the pages they use.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use uuid::Uuid;

use super::{count, tell};
use crate::messages::store;
use crate::testing::TestApp;

async fn language(app: &TestApp, person: Uuid) -> String {
    sqlx::query_scalar("SELECT language FROM persons WHERE id = $1").bind(person).fetch_one(&app.owner).await.unwrap()
}

/// Signs in anew with a language chosen, as the same person each time.
async fn sign_in_with(app: &TestApp, cookie: Option<&str>) {
    let fields = [("national_id", "1000000008"), ("mobile", "0500000001")];
    assert_eq!(app.post("accounts/ask_code", cookie, &fields).await.0, StatusCode::OK);
    let (_, body) = app.get("/dev/inbox.json?to=%2B966500000001", None).await;
    let inbox: Value = serde_json::from_str(&body).unwrap();
    let code = inbox[0]["code"].as_str().unwrap();
    let attempt: Uuid = sqlx::query_scalar("SELECT id FROM code_attempts ORDER BY created_at DESC LIMIT 1")
        .fetch_one(&app.owner)
        .await
        .unwrap();
    let fields = [("attempt", attempt.to_string()), ("code", code.to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(app.post("accounts/confirm_code", cookie, &fields).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_sign_in_keeps_the_language_of_its_page() {
    let app = TestApp::start().await;
    for (cookie, kept) in [(None, "ar"), (Some("lang=en"), "en"), (Some("lang=ar"), "ar")] {
        sign_in_with(&app, cookie).await;
        let person = sqlx::query_scalar("SELECT id FROM persons").fetch_one(&app.owner).await.unwrap();
        assert_eq!(language(&app, person).await, kept);
    }
}

#[tokio::test]
async fn a_choice_of_language_is_kept_with_who_is_signed_in() {
    let app = TestApp::start().await;
    let (person, other) = (app.person().await, app.person().await);
    let choose = async |cookie: Option<&str>, language: &str| {
        let mut request = Request::post("/language")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, "http://localhost:3000")
            .header("sec-fetch-site", "same-origin")
            .header(header::REFERER, "http://localhost:3000/account");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let response = app.send(request.body(Body::from(format!("lang={language}"))).unwrap()).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[header::LOCATION], "/account");
    };
    choose(None, "en").await;
    assert_eq!(count(&app, "SELECT count(*) FROM persons WHERE language = 'en'").await, 0);
    let cookie = app.sign_in(person).await;
    choose(Some(&cookie), "en").await;
    assert_eq!((language(&app, person).await.as_str(), language(&app, other).await.as_str()), ("en", "ar"));

    tell(&app, person).await;
    let id = sqlx::query_scalar("SELECT id FROM messages").fetch_one(&app.owner).await.unwrap();
    let mut connection = app.pool.acquire().await.unwrap();
    let keys = &app.state.config.keys;
    let told = store::message(&mut connection, keys, person, id, app.clock.now()).await.unwrap();
    assert!(told.body.contains("is returned for completion"), "{}", told.body);
    // The page around it may be in the other language: each says which it is.
    let (_, page) = app.get(&format!("/account/messages/{id}"), Some(&cookie)).await;
    assert!(page.contains("lang=\"en\" dir=\"auto\"") && page.contains("طلبك معاد للاستكمال"), "{page}");
    choose(Some(&cookie), "ar").await;
    assert_eq!(language(&app, person).await, "ar");
}
