//! The inbox, what could not be delivered and jobs that failed, followed to their end in both orders.

use time::Duration;

use super::failed_jobs::failed;
use super::{MOBILE, enqueue, tell};
use crate::access::Role;
use crate::messages::model::Channel;
use crate::testing::{List, TestApp};

#[tokio::test]
async fn messages_are_each_there_once() {
    let app = TestApp::start().await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    for _ in 0..25 {
        tell(&app, person).await;
    }
    let stored = "SELECT id::text FROM messages ORDER BY created_at, id";
    for path in ["/api/messages/inbox?", "/api/messages/inbox?state=new&"] {
        let list = List { app: &app, path, cookie: Some(&cookie), names: ("messages", "id"), stored };
        list.gives_each_row_once(async || {
            app.clock.advance(Duration::seconds(1));
            tell(&app, person).await;
        })
        .await;
    }
    sqlx::query("UPDATE messages SET opened_at = $1").bind(app.clock.now()).execute(&app.owner).await.unwrap();
    let (_, page) = app.get("/account/messages?state=new", Some(&cookie)).await;
    assert!(page.contains("الاختيار: ما لم يُقرأ") && page.contains("href=\"/account/messages\""), "{page}");
}

#[tokio::test]
async fn what_could_not_be_delivered_is_each_there_once() {
    let app = TestApp::start().await;
    let cookie = app.sign_in(app.staff(Role::Administrator).await).await;
    let give_up = async || {
        enqueue(&app, Channel::Sms, MOBILE).await;
        for (from, to) in [("queued", "failed"), ("failed", "dead")] {
            sqlx::query(
                "UPDATE deliveries SET state = $2, failures = 12, last_error = 'timed_out',
                     dead_at = CASE WHEN $2 = 'dead' THEN $3::timestamptz END
                 WHERE state = $1",
            )
            .bind(from)
            .bind(to)
            .bind(app.clock.now())
            .execute(&app.owner)
            .await
            .unwrap();
        }
    };
    for _ in 0..25 {
        give_up().await;
    }
    let stored = "SELECT id::text FROM deliveries ORDER BY dead_at, id";
    for path in ["/api/messages/dead?", "/api/messages/dead?channel=sms&"] {
        let list = List { app: &app, path, cookie: Some(&cookie), names: ("dead", "id"), stored };
        list.gives_each_row_once(async || {
            app.clock.advance(Duration::seconds(1));
            give_up().await;
        })
        .await;
    }
    let (_, page) = app.get("/admin/messages?channel=email&order=earliest", Some(&cookie)).await;
    assert!(page.contains("الاختيار: ") && page.contains("href=\"/admin/messages?order=earliest\""), "{page}");
}

#[tokio::test]
async fn jobs_that_failed_are_each_there_once() {
    let app = TestApp::start().await;
    let cookie = app.sign_in(app.staff(Role::Administrator).await).await;
    for _ in 0..25 {
        failed(&app, "").await;
    }
    let stored =
        "SELECT id::text FROM graphile_worker._private_jobs WHERE attempts >= max_attempts ORDER BY created_at, id";
    let path = "/api/messages/failed_jobs?";
    let list = List { app: &app, path, cookie: Some(&cookie), names: ("jobs", "id"), stored };
    list.gives_each_row_once(async || {
        failed(&app, "").await;
    })
    .await;
    // Each list of the page keeps the place in the other, and both the order.
    let (_, body) = app.get("/api/messages/failed_jobs?order=earliest", Some(&cookie)).await;
    let next = serde_json::from_str::<serde_json::Value>(&body).unwrap()["next"].as_str().unwrap().to_owned();
    let (_, page) = app.get(&format!("/admin/messages?order=earliest&jobs_after={next}"), Some(&cookie)).await;
    assert!(page.contains("href=\"/admin/messages?order=earliest\""), "{page}");
}
