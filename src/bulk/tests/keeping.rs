//! How long lists are kept, and who can open them.

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::{answered, taken, unknown, view};
use crate::bulk::job::work_off;
use crate::bulk::store;
use crate::licences::tests::count;
use crate::testing::TestApp;

const ROWS: &str = "SELECT count(*) FROM bulk_rows";

async fn forget(app: &TestApp) {
    store::forget(&mut app.pool.acquire().await.unwrap(), app.clock.now()).await.unwrap();
}

#[tokio::test]
async fn a_day_later_it_is_gone_with_its_rows() {
    let app = TestApp::start().await;
    let check = answered(&app, &[unknown().digits(), "12"]).await;
    let paths = ["", "/answers.csv", "/answers.xlsx"].map(|file| format!("/verify/bulk/{check}{file}"));
    app.clock.advance(Duration::hours(24) - Duration::seconds(1));
    app.clock.stand_at(app.clock.now());
    forget(&app).await;
    for path in &paths {
        assert_eq!(app.get(path, None).await.0, StatusCode::OK, "{path}");
    }
    app.clock.advance(Duration::seconds(1));
    // Before it is swept too.
    for path in &paths {
        assert_eq!(app.get(path, None).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let young = taken(&app, "numbers", unknown().digits().as_bytes()).await;
    assert_eq!(count(&app, ROWS).await, 3);
    forget(&app).await;
    assert_eq!(count(&app, ROWS).await, 1);
    assert_eq!(view(&app, young, "").await.waiting(), 1);
}

#[tokio::test]
async fn its_job_finds_nothing_where_it_was_deleted() {
    let app = TestApp::start().await;
    let check = taken(&app, "numbers", unknown().digits().as_bytes()).await;
    app.clock.advance(Duration::hours(25));
    forget(&app).await;
    work_off(&app.state, check).await.unwrap();
    assert_eq!(count(&app, ROWS).await, 0);
}

#[tokio::test]
async fn there_is_none_at_an_address_that_was_not_given() {
    let app = TestApp::start().await;
    let check = answered(&app, &[unknown().digits()]).await;
    for id in [Uuid::new_v4().to_string(), "x".to_owned(), check.to_string().replace('-', "%2F")] {
        for file in ["", "/answers.csv", "/answers.xlsx"] {
            let (status, _) = app.get(&format!("/verify/bulk/{id}{file}"), None).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{id}{file}");
        }
        let (status, _) = app.get(&format!("/api/bulk/check?id={id}"), None).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{id}");
    }
    assert_eq!(app.get(&format!("/verify/bulk/{check}/answers.pdf"), None).await.0, StatusCode::NOT_FOUND);
}
