//! Postgres goes away and comes back; the portal says so and recovers by itself.

use std::time::{Duration, Instant};

use axum::http::StatusCode;

use super::{form, read};
use crate::error::AppError;
use crate::testing::{TestApp, Wire};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readiness_follows_the_database_and_returns_by_itself() {
    let mut app = TestApp::start().await;
    let mut wire = Wire::new(&app.pool).await;
    app.state.pool = wire.pool();
    app.router = crate::cli::router(app.state.clone());

    assert_eq!(app.get("/readyz", None).await.0, StatusCode::OK);
    // Several connections are open when the wire is cut, as in real life.
    let mut held = Vec::new();
    for _ in 0..8 {
        held.push(app.state.pool.acquire().await.unwrap());
    }
    drop(held);

    wire.cut().await;
    assert_eq!(app.get("/readyz", None).await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(app.get("/healthz", None).await.0, StatusCode::OK);
    let fields = "national_id=1000000008&mobile=0500000001";
    let (status, _, body) = read(app.send(form("/api/accounts/ask_code", fields)).await).await;
    assert_eq!(
        (status, serde_json::from_str(&body).unwrap()),
        (StatusCode::SERVICE_UNAVAILABLE, AppError::Unavailable)
    );

    wire.mend().await;
    let back = Instant::now();
    while app.get("/readyz", None).await.0 != StatusCode::OK {
        assert!(back.elapsed() < Duration::from_secs(10), "not ready ten seconds after the database's return");
        tokio::task::yield_now().await;
    }
}
