//! A gateway for text messages that answers as it is told.

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::testing::TestApp;

pub struct Gateway {
    answer: Arc<AtomicU16>,
    received: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
    server: JoinHandle<()>,
    url: String,
}

impl Gateway {
    pub async fn start(answer: StatusCode) -> Self {
        let answer = Arc::new(AtomicU16::new(answer.as_u16()));
        let received = Arc::new(Mutex::new(Vec::new()));
        let (answers, keeps) = (answer.clone(), received.clone());
        let router = Router::new().route(
            "/send",
            post(move |headers: HeaderMap, Json(body): Json<Value>| async move {
                keeps.lock().unwrap().push((headers, body));
                StatusCode::from_u16(answers.load(Ordering::Relaxed)).unwrap()
            }),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/send", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { answer, received, server, url }
    }

    /// A portal whose text messages leave by this gateway, at any hour.
    pub async fn portal(&self) -> TestApp {
        let variables = [
            ("RUKHSA_MODE", "development"),
            ("RUKHSA_SMS_URL", self.url.as_str()),
            ("RUKHSA_SMS_TOKEN", "secret-token"),
        ];
        let app = TestApp::start_with(&variables).await;
        super::without_quiet_hours(&app).await;
        app
    }

    pub fn answers(&self, status: StatusCode) {
        self.answer.store(status.as_u16(), Ordering::Relaxed);
    }

    pub fn received(&self) -> Vec<(HeaderMap, Value)> {
        self.received.lock().unwrap().clone()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.server.abort();
    }
}
