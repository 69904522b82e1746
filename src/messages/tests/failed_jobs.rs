//! Jobs that failed for good, seen and tried again by administrators.

use axum::http::StatusCode;
use serde_json::Value;

use super::count;
use super::sending::run_jobs_until;
use crate::access::Role;
use crate::server::jobs;
use crate::testing::TestApp;

/// What a later page says that has nothing any more, and what the list says that has nothing at all.
const PAST_END: &str = "لا مزيد من هنا";
const NO_JOBS: &str = "لا مهام متوقفة";

/// A job that failed at every try, by its id.
pub(super) async fn failed(app: &TestApp, error: &str) -> i64 {
    let mut connection = app.pool.acquire().await.unwrap();
    jobs::add(&mut connection, &jobs::Sweep, app.clock.now(), None).await.unwrap();
    sqlx::query_scalar(
        "UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = $1
         WHERE id = (SELECT max(id) FROM graphile_worker._private_jobs) RETURNING id",
    )
    .bind(error)
    .fetch_one(&app.owner)
    .await
    .unwrap()
}

async fn listed(app: &TestApp, cookie: &str, query: &str) -> Value {
    let (status, body) = app.get(&format!("/api/messages/failed_jobs{query}"), Some(cookie)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str(&body).unwrap()
}

#[tokio::test]
async fn a_job_that_failed_for_good_is_seen_and_tried_again() {
    let app = TestApp::start().await;
    let administrator = app.sign_in(app.staff(Role::Administrator).await).await;
    // One that waits for its next try has not failed for good.
    jobs::add(&mut app.pool.acquire().await.unwrap(), &jobs::Sweep, app.clock.now(), None).await.unwrap();
    assert_eq!(listed(&app, &administrator, "").await["jobs"].as_array().unwrap().len(), 0);
    let id = failed(&app, r#"TaskError("\"duplicate key value: Key (name)=(محمد القحطاني)\"")"#).await;
    let page = listed(&app, &administrator, "").await;
    let line = &page["jobs"][0];
    assert_eq!((&line["id"], &line["task"], &line["error"]), (&id.into(), &"sweep".into(), &"other".into()));
    let (status, html) = app.get("/admin/messages", Some(&administrator)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("sweep") && !html.contains("القحطاني"));

    let retry = async |id: &str| app.post("messages/retry_job", Some(&administrator), &[("id", id)]).await.0;
    assert_eq!(retry(&id.to_string()).await, StatusCode::OK);
    assert_eq!(retry(&id.to_string()).await, StatusCode::CONFLICT, "it waits for its turn");
    assert_eq!(retry("999999").await, StatusCode::NOT_FOUND);
    assert_eq!(retry("x").await, StatusCode::NOT_FOUND);
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action = 'job_retried'").await, 1);
    run_jobs_until(
        &app,
        "SELECT (count(*) = 0)::int::bigint FROM graphile_worker._private_jobs j
        JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'sweep'",
    )
    .await;
}

#[tokio::test]
async fn many_are_seen_page_by_page() {
    let app = TestApp::start().await;
    let administrator = app.sign_in(app.staff(Role::Administrator).await).await;
    for _ in 0..21 {
        failed(&app, r#"TaskError("\"internal error 12345678\"")"#).await;
    }
    let first = listed(&app, &administrator, "").await;
    assert_eq!(first["jobs"].as_array().unwrap().len(), 20);
    assert_eq!(first["jobs"][0]["error"], "internal 12345678");
    let rest = listed(&app, &administrator, &format!("?after={}", first["next"].as_str().unwrap())).await;
    assert_eq!(rest["jobs"].as_array().unwrap().len(), 1);
    assert_eq!(rest["next"], Value::Null);
    let later = format!("/admin/messages?jobs_after={}", first["next"].as_str().unwrap());
    let (_, page) = app.get(&later, Some(&administrator)).await;
    assert!(page.contains("href=\"/admin/messages\"") && !page.contains(PAST_END), "{page}");
    // Once the last of the second page is tried again, that page is not said to be all there is.
    let last = rest["jobs"][0]["id"].to_string();
    let retried = app.post("messages/retry_job", Some(&administrator), &[("id", &last)]).await;
    assert_eq!(retried.0, StatusCode::OK);
    let (_, page) = app.get(&later, Some(&administrator)).await;
    assert!(page.contains(PAST_END) && page.contains("href=\"/admin/messages\""), "{page}");
    assert!(!page.contains(NO_JOBS), "{page}");
}
