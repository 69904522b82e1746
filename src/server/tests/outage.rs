//! Postgres goes away and comes back; the portal says so and recovers by itself.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::{form, read};
use crate::error::AppError;
use crate::server::database;
use crate::testing::TestApp;

/// A wire to Postgres that can be cut.
struct Wire {
    port: u16,
    postgres: (String, u16),
    running: Option<tokio::task::JoinHandle<()>>,
}

impl Wire {
    async fn to(postgres: (String, u16)) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let mut wire = Self { port, postgres, running: None };
        wire.mend().await;
        wire
    }

    async fn mend(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
        let postgres = self.postgres.clone();
        self.running = Some(tokio::spawn(async move {
            // Dropped with this task, and with it every connection.
            let mut connections = JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                let postgres = postgres.clone();
                connections.spawn(async move {
                    if let Ok(mut far) = TcpStream::connect(postgres).await {
                        let _ = copy_bidirectional(&mut near, &mut far).await;
                    }
                });
            }
        }));
    }

    async fn cut(&mut self) {
        if let Some(running) = self.running.take() {
            running.abort();
            let _ = running.await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readiness_follows_the_database_and_returns_by_itself() {
    let mut app = TestApp::start().await;
    let options = (*app.pool.connect_options()).clone();
    let mut wire = Wire::to((options.get_host().to_owned(), options.get_port())).await;
    let pool = database::pool_with(options.host("127.0.0.1").port(wire.port));
    app.state.pool = pool;
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
