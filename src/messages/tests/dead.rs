//! From back-off to the dead letters, to being tried again, to being sent.

use axum::http::StatusCode;
use serde_json::Value;
use uuid::Uuid;

use super::gateway::Gateway;
use super::sending::run_jobs_until;
use super::{count, deliveries, enqueue, post_plain, send, tell};
use crate::access::Role;
use crate::messages::model::{Channel, MAX_TRIES};
use crate::testing::TestApp;

/// Has a delivery fail until it is given up, without the waits between.
async fn give_up(app: &TestApp, delivery: Uuid) {
    for _ in 1..MAX_TRIES {
        assert_eq!(send(app, delivery).await.as_deref(), Some("answered_503"));
    }
    assert_eq!(send(app, delivery).await, None, "the queue has nothing to try again");
}

async fn dead(app: &TestApp, cookie: &str, query: &str) -> Value {
    let (status, body) = app.get(&format!("/api/messages/dead{query}"), Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str(&body).unwrap()
}

#[tokio::test]
async fn the_queue_waits_longer_each_time_and_gives_up_in_the_end() {
    let gateway = Gateway::start(StatusCode::SERVICE_UNAVAILABLE).await;
    let app = gateway.portal().await;
    enqueue(&app, Channel::Sms, super::MOBILE).await;
    for tries in 1..MAX_TRIES {
        run_jobs_until(
            &app,
            "SELECT count(*) FROM graphile_worker._private_jobs j
            JOIN graphile_worker._private_tasks t ON t.id = j.task_id
            WHERE t.identifier = 'send_message' AND j.run_at > now() AND j.locked_at IS NULL",
        )
        .await;
        let (attempts, wait, error): (i16, f64, String) = sqlx::query_as(
            "SELECT j.attempts, extract(epoch FROM j.run_at - now())::float8, j.last_error
             FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
             WHERE t.identifier = 'send_message'",
        )
        .fetch_one(&app.owner)
        .await
        .unwrap();
        assert_eq!(attempts, tries);
        assert!(error.contains("answered_503"), "{error}");
        let expected = f64::from(tries.min(10)).exp();
        assert!(wait <= expected && wait > expected - 10.0, "{wait} s after try {tries}");
        sqlx::query("UPDATE graphile_worker._private_jobs SET run_at = now()").execute(&app.owner).await.unwrap();
    }
    run_jobs_until(&app, "SELECT count(*) FROM deliveries WHERE state = 'dead'").await;
    run_jobs_until(
        &app,
        "SELECT 1 - count(*) FROM graphile_worker._private_jobs j
        JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'send_message'",
    )
    .await;
    assert_eq!(gateway.received().len(), usize::try_from(MAX_TRIES).unwrap());

    let administrator = app.sign_in(app.staff(Role::Administrator).await).await;
    gateway.answers(StatusCode::OK);
    let id = dead(&app, &administrator, "").await["dead"][0]["id"].as_str().unwrap().to_owned();
    let (status, _) = app.post("messages/retry", Some(&administrator), &[("id", &id)]).await;
    assert_eq!(status, StatusCode::OK);
    run_jobs_until(&app, "SELECT count(*) FROM deliveries WHERE state = 'sent' AND dead_at IS NULL").await;
    assert_eq!(gateway.received().len(), usize::try_from(MAX_TRIES).unwrap() + 1);
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action = 'message_retried'").await, 1);
}

#[tokio::test]
async fn administrators_see_what_failed_and_neither_whose_nor_what_it_says() {
    let gateway = Gateway::start(StatusCode::SERVICE_UNAVAILABLE).await;
    let app = gateway.portal().await;
    let administrator = app.sign_in(app.staff(Role::Administrator).await).await;
    let (status, page) = app.get("/admin/messages", Some(&administrator)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(page.matches("class=\"empty\"").count(), 2, "no letters, no jobs");

    let person = app.person().await;
    tell(&app, person).await;
    let (delivery, ..) = deliveries(&app, person).await.remove(0);
    give_up(&app, delivery).await;
    let line = &dead(&app, &administrator, "").await["dead"][0];
    assert_eq!(line["template"], "request_returned");
    assert_eq!(line["channel"], "sms");
    assert_eq!(line["tries"], MAX_TRIES);
    assert_eq!(line["last_error"], "answered_503");
    let (_, page) = app.get("/admin/messages", Some(&administrator)).await;
    assert!(page.contains("request_returned") && page.contains("answered_503"));
    for secret in ["1234567890", "+9665", "m@example.org", &person.to_string()] {
        assert!(!page.contains(secret), "{secret}");
    }
    // Its person is told, and has lost nothing.
    let cookie = app.sign_in(person).await;
    let (_, inbox) = app.get("/account/messages", Some(&cookie)).await;
    assert!(inbox.contains("تعذّر إرسالها، وهي محفوظة هنا"));
}

#[tokio::test]
async fn a_retry_is_done_once_and_refused_otherwise() {
    let gateway = Gateway::start(StatusCode::SERVICE_UNAVAILABLE).await;
    let app = gateway.portal().await;
    let administrator = app.sign_in(app.staff(Role::Administrator).await).await;
    let person = app.person().await;
    tell(&app, person).await;
    let (delivery, ..) = deliveries(&app, person).await.remove(0);
    let retry = async |id: &str| app.post("messages/retry", Some(&administrator), &[("id", id)]).await;
    let id = delivery.to_string();
    assert_eq!(retry(&id).await.0, StatusCode::CONFLICT, "it is still being tried");
    give_up(&app, delivery).await;
    let jobs = "SELECT count(*) FROM graphile_worker._private_jobs";
    let before = count(&app, jobs).await;
    assert_eq!(retry(&id).await.0, StatusCode::OK);
    assert_eq!(retry(&id).await.0, StatusCode::CONFLICT);
    assert_eq!(count(&app, jobs).await, before + 1);
    assert_eq!(retry(&Uuid::new_v4().to_string()).await.0, StatusCode::NOT_FOUND);
    assert_eq!(retry("none").await.0, StatusCode::NOT_FOUND);
    // Its tries begin anew.
    give_up(&app, delivery).await;
    // Without JavaScript the button leads back to the page.
    let to = post_plain(&app, "messages/retry", "/admin/messages", &administrator, format!("id={id}")).await;
    assert_eq!(to, "/admin/messages");
    assert_eq!(deliveries(&app, person).await[0].2, "queued");
    let other = app.sign_in(app.staff(Role::Reviewer).await).await;
    assert_eq!(app.get("/admin/messages", Some(&other)).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn all_are_tried_again_at_once_and_seen_page_by_page() {
    let gateway = Gateway::start(StatusCode::SERVICE_UNAVAILABLE).await;
    let app = gateway.portal().await;
    let administrator = app.sign_in(app.staff(Role::Administrator).await).await;
    // As many as make two pages, given up one after another.
    for _ in 0..23 {
        enqueue(&app, Channel::Sms, super::MOBILE).await;
    }
    for state in ["failed", "dead"] {
        sqlx::query(
            "UPDATE deliveries SET state = $1, failures = 12, last_error = 'timed_out',
                 dead_at = CASE WHEN $1 = 'dead' THEN now() END",
        )
        .bind(state)
        .execute(&app.owner)
        .await
        .unwrap();
    }
    let first = dead(&app, &administrator, "").await;
    let next = first["next"].as_str().unwrap();
    let rest = dead(&app, &administrator, &format!("?after={next}")).await;
    assert_eq!(rest["next"], Value::Null);
    let mut ids: Vec<String> = [&first, &rest]
        .iter()
        .flat_map(|page| page["dead"].as_array().unwrap())
        .map(|line| line["id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!((first["dead"].as_array().unwrap().len(), ids.len()), (20, 23));
    let (_, page) = app.get("/admin/messages", Some(&administrator)).await;
    assert!(page.contains("rel=\"next\""));

    sqlx::query("DELETE FROM graphile_worker._private_jobs").execute(&app.owner).await.unwrap();
    assert_eq!(app.post("messages/retry_all", Some(&administrator), &[]).await.0, StatusCode::OK);
    assert_eq!(count(&app, "SELECT count(*) FROM deliveries WHERE state = 'queued' AND failures = 0").await, 23);
    assert_eq!(count(&app, "SELECT count(*) FROM graphile_worker._private_jobs").await, 23);
    assert_eq!(app.post("messages/retry_all", Some(&administrator), &[]).await.0, StatusCode::OK, "none is left");
    assert_eq!(count(&app, "SELECT count(*) FROM graphile_worker._private_jobs").await, 23);
    gateway.answers(StatusCode::OK);
    run_jobs_until(&app, "SELECT (count(*) = 23)::int::bigint FROM deliveries WHERE state = 'sent'").await;
}
