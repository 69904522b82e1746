//! The inbox: every message to a person, and to nobody else.

use axum::http::StatusCode;
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use super::{MOBILE, TOLD, count, deliveries, post_plain, tell};
use crate::i18n::Locale;
use crate::messages::store::{self, Channel, Outgoing};
use crate::messages::templates::{Telling, in_both};
use crate::testing::TestApp;

async fn inbox(app: &TestApp, cookie: &str, query: &str) -> Value {
    let (status, body) = app.get(&format!("/api/messages/inbox{query}"), Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str(&body).unwrap()
}

async fn newest(app: &TestApp) -> Uuid {
    sqlx::query_scalar("SELECT id FROM messages ORDER BY created_at DESC LIMIT 1").fetch_one(&app.owner).await.unwrap()
}

#[tokio::test]
async fn a_message_is_there_with_neither_mobile_nor_address() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let (status, page) = app.get("/account/messages", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("class=\"empty\"") && page.contains("لا رسائل بعد"));
    sqlx::query("UPDATE persons SET email = NULL").execute(&app.owner).await.unwrap();
    // Nobody can sign in to a frozen account; the message waits for whoever mends that.
    sqlx::query("UPDATE accounts SET frozen_at = now()").execute(&app.owner).await.unwrap();
    tell(&app, person).await;
    assert_eq!(deliveries(&app, person).await, []);
    assert_eq!(count(&app, "SELECT count(*) FROM graphile_worker._private_jobs").await, 0);
    sqlx::query("UPDATE accounts SET frozen_at = NULL").execute(&app.owner).await.unwrap();
    let one = &inbox(&app, &cookie, "").await["messages"][0];
    assert_eq!((&one["title"], &one["is_new"]), (&"طلبك معاد للاستكمال".into(), &true.into()));
    let (_, page) = app.get("/account/messages", Some(&cookie)).await;
    assert!(page.contains("هذه الرسالة هنا وحدها"));
}

#[tokio::test]
async fn a_message_is_new_until_it_is_opened() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    tell(&app, person).await;
    let id = newest(&app).await.to_string();
    let (_, home) = app.get("/account", Some(&cookie)).await;
    assert!(home.contains("href=\"/account/messages\"") && home.contains("رسالة جديدة واحدة"));
    let (_, list) = app.get("/account/messages", Some(&cookie)).await;
    assert!(list.contains("جديدة") && list.contains("action=\"/api/messages/open\""), "{list}");
    // Looking at it by its address changes nothing.
    let path = format!("/account/messages/{id}");
    let (status, page) = app.get(&path, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("أُعيد طلبك 1234567890") && page.contains("lang=\"ar\" dir=\"auto\""));
    assert_eq!(inbox(&app, &cookie, "").await["messages"][0]["is_new"], true);
    // Without JavaScript too, opening leads to the message; again changes nothing.
    for _ in 0..2 {
        let to = post_plain(&app, "messages/open", "/account/messages", &cookie, format!("id={id}")).await;
        assert_eq!(to, path);
    }
    assert_eq!(inbox(&app, &cookie, "").await["messages"][0]["is_new"], false);
    let (_, list) = app.get("/account/messages", Some(&cookie)).await;
    assert!(list.contains(&format!("href=\"{path}\"")) && !list.contains("action=\"/api/messages/open\""));
    let (_, home) = app.get("/account", Some(&cookie)).await;
    assert!(home.contains("href=\"/account/messages\"") && !home.contains("رسالة جديدة"));
}

#[tokio::test]
async fn anothers_message_is_like_none() {
    let app = TestApp::start().await;
    let (person, other) = (app.person().await, app.person().await);
    tell(&app, person).await;
    let id = newest(&app).await.to_string();
    let cookie = app.sign_in(other).await;
    assert_eq!(inbox(&app, &cookie, "").await["messages"], serde_json::json!([]));
    for id in [id.as_str(), &Uuid::new_v4().to_string(), "x"] {
        assert_eq!(app.get(&format!("/api/messages/message?id={id}"), Some(&cookie)).await.0, StatusCode::NOT_FOUND);
        assert_eq!(app.get(&format!("/account/messages/{id}"), Some(&cookie)).await.0, StatusCode::NOT_FOUND);
        assert_eq!(app.post("messages/open", Some(&cookie), &[("id", id)]).await.0, StatusCode::NOT_FOUND);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE opened_at IS NOT NULL").await, 0);
    let (status, _) = app.get("/api/messages/inbox", None).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn codes_are_in_no_inbox() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let code = Outgoing {
        person: Some(person),
        channel: Channel::Sms,
        recipient: MOBILE,
        template: "step_up_code",
        body: "الرمز 123456",
        useful_until: Some(app.clock.now() + Duration::minutes(5)),
    };
    let mut connection = app.pool.acquire().await.unwrap();
    store::enqueue(&mut connection, &app.state.config.keys, &code, app.clock.now()).await.unwrap();
    assert_eq!(inbox(&app, &cookie, "").await["messages"], serde_json::json!([]));
    let id = newest(&app).await.to_string();
    assert_eq!(app.get(&format!("/account/messages/{id}"), Some(&cookie)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(app.post("messages/open", Some(&cookie), &[("id", &id)]).await.0, StatusCode::NOT_FOUND);
    let (_, home) = app.get("/account", Some(&cookie)).await;
    assert!(!home.contains("رسالة جديدة"));
}

#[tokio::test]
async fn the_inbox_is_read_page_by_page_newest_first() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let mut tx = app.pool.begin().await.unwrap();
    // Several at one instant: the place in the list is told by more than the time.
    for minute in 0..24 {
        let at = app.clock.now() - Duration::days(1) + Duration::minutes(minute / 8);
        store::tell(&mut tx, &app.state.config.keys, person, &TOLD, at).await.unwrap();
    }
    tx.commit().await.unwrap();
    let first = inbox(&app, &cookie, "").await;
    let rest = inbox(&app, &cookie, &format!("?after={}", first["next"].as_str().unwrap())).await;
    assert_eq!(rest["next"], Value::Null);
    let all: Vec<&Value> = [&first, &rest].into_iter().flat_map(|page| page["messages"].as_array().unwrap()).collect();
    let ids: std::collections::BTreeSet<&str> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!((first["messages"].as_array().unwrap().len(), all.len(), ids.len()), (20, 24, 24));
    let stored: Vec<Uuid> = sqlx::query_scalar("SELECT id FROM messages ORDER BY created_at DESC, id DESC")
        .fetch_all(&app.owner)
        .await
        .unwrap();
    let shown: Vec<Uuid> = all.iter().map(|one| one["id"].as_str().unwrap().parse().unwrap()).collect();
    assert_eq!(shown, stored);
    let (_, page) = app.get("/account/messages", Some(&cookie)).await;
    assert!(page.contains("rel=\"next\""));
    let after = first["next"].as_str().unwrap();
    let (_, page) = app.get(&format!("/account/messages?after={after}"), Some(&cookie)).await;
    assert!(!page.contains("rel=\"next\"") && page.contains("أول القائمة"));
    // A place that cannot be read is the start.
    assert_eq!(inbox(&app, &cookie, "?after=x").await["messages"], first["messages"]);
}

#[tokio::test]
async fn a_message_leads_to_the_page_it_names() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let link = format!("{}/training", app.state.config.origin);
    let telling = Telling::WaitingEnded { title: ("دورة", "Session"), link: &link };
    let mut connection = app.pool.acquire().await.unwrap();
    store::tell(&mut connection, &app.state.config.keys, person, &telling, app.clock.now()).await.unwrap();
    let (_, body) = app.get(&format!("/api/messages/message?id={}", newest(&app).await), Some(&cookie)).await;
    let message: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(message["link"], "/training");
    assert!(message["body"].as_str().unwrap().contains("«دورة»"));
}

#[tokio::test]
async fn what_has_no_template_is_told_in_the_persons_language_too() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let (keys, now) = (&app.state.config.keys, app.clock.now());
    let mut connection = app.pool.acquire().await.unwrap();
    let both = in_both(|locale| if locale == Locale::ar { "نص".to_owned() } else { "text".to_owned() });
    let mut told = Vec::new();
    for locale in [Locale::en, Locale::ar] {
        store::keep_language(&mut connection, person, locale).await.unwrap();
        store::notify(&mut connection, keys, person, "something_new", &both, now).await.unwrap();
        let id: Uuid = sqlx::query_scalar("SELECT id FROM messages WHERE language = $1")
            .bind(if locale == Locale::en { "en" } else { "ar" })
            .fetch_one(&app.owner)
            .await
            .unwrap();
        told.push(store::message(&mut connection, keys, person, id, now).await.unwrap().body);
    }
    assert_eq!(told, ["text", "نص"]);
    // By e-mail too: it is not known to be a mere receipt.
    assert_eq!(deliveries(&app, person).await.len(), 4);
}
