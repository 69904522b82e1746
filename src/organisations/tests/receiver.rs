//! A program of an organisation's, which answers deliveries as it is told.

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{any, post};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub struct Receiver {
    answer: Arc<AtomicU16>,
    received: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    server: JoinHandle<()>,
    pub url: String,
}

impl Receiver {
    pub async fn start(answer: StatusCode) -> Self {
        let answer = Arc::new(AtomicU16::new(answer.as_u16()));
        let received = Arc::new(Mutex::new(Vec::new()));
        let (answers, keeps, elsewhere) = (answer.clone(), received.clone(), received.clone());
        let router = Router::new()
            .route(
                "/hook",
                post(move |headers: HeaderMap, body: String| async move {
                    keeps.lock().unwrap().push((headers, body));
                    // Where it leads to counts as received as well: nobody must come there.
                    let status = StatusCode::from_u16(answers.load(Ordering::Relaxed)).unwrap();
                    (status, [(header::LOCATION, "/elsewhere")])
                }),
            )
            .route(
                "/elsewhere",
                any(move |headers: HeaderMap| async move {
                    elsewhere.lock().unwrap().push((headers, "elsewhere".to_owned()));
                }),
            );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { answer, received, server, url }
    }

    pub fn answers(&self, status: StatusCode) {
        self.answer.store(status.as_u16(), Ordering::Relaxed);
    }

    pub fn received(&self) -> Vec<(HeaderMap, String)> {
        self.received.lock().unwrap().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}
