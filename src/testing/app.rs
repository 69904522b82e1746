//! The portal with a database of its own, asked as a browser asks it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use leptos::prelude::LeptosOptions;
use sqlx::PgPool;
use tower::ServiceExt;
use uuid::Uuid;

use super::database;
use crate::accounts::store::sessions;
use crate::server::clock::Clock;
use crate::server::config::Config;
use crate::server::keys::token_hash;
use crate::server::state::AppState;

/// A portal for one test.
pub struct TestApp {
    /// As the application's role.
    pub pool: PgPool,
    /// As the database's owner.
    pub owner: PgPool,
    pub state: AppState,
    pub clock: Clock,
    pub router: Router,
}

impl TestApp {
    /// A portal in development configuration with an empty, migrated database.
    pub async fn start() -> Self {
        Self::start_with(&[("RUKHSA_MODE", "development")]).await
    }

    /// A portal as it runs in production.
    pub async fn in_production() -> Self {
        Self::start_with(&[
            ("RUKHSA_ORIGIN", "https://portal.example"),
            ("RUKHSA_DATA_KEY", "7:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="),
            ("RUKHSA_INDEX_KEY", "MjEwOTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjE="),
            ("RUKHSA_SIGNING_KEYS", "2026:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="),
            ("RUKHSA_SMS_URL", "https://sms.example"),
            ("RUKHSA_SMS_TOKEN", "token"),
            ("RUKHSA_SMTP_URL", "smtps://mail.example"),
            ("RUKHSA_MAIL_FROM", "portal@example.org"),
        ])
        .await
    }

    /// A portal configured by these variables.
    pub async fn start_with(variables: &[(&str, &str)]) -> Self {
        let (pool, owner) = database::new().await;
        let config = Config::read(|name| match name {
            "DATABASE_URL" => Some("postgres://unused".to_owned()),
            name => variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()),
        })
        .unwrap_or_else(|problems| panic!("{problems:?}"));
        let leptos = LeptosOptions::builder().output_name("rukhsa").site_root("target/site").build();
        let clock = Clock::default();
        let readers = crate::server::database::readers_with((*pool.connect_options()).clone());
        let state = AppState {
            leptos: Arc::new(leptos),
            pool: pool.clone(),
            readers,
            clock: clock.clone(),
            config: Arc::new(config),
        };
        let router = crate::cli::router(state.clone());
        Self { pool, owner, state, clock, router }
    }

    /// The cookie header of a person who is signed in and has passed the second factor, which staff need.
    pub async fn sign_in(&self, person: Uuid) -> String {
        let token = self.sign_in_by_code(person).await;
        sqlx::query("UPDATE sign_in_sessions SET second_factor_at = $2 WHERE token_hash = $1")
            .bind(token_hash(&token))
            .bind(self.clock.now())
            .execute(&self.pool)
            .await
            .unwrap();
        format!("session={token}")
    }

    /// The token of a person who is signed in with the mobile's code alone.
    pub async fn sign_in_by_code(&self, person: Uuid) -> String {
        let account: Uuid = sqlx::query_scalar("SELECT id FROM accounts WHERE person_id = $1")
            .bind(person)
            .fetch_one(&self.pool)
            .await
            .unwrap();
        let mut connection = self.pool.acquire().await.unwrap();
        sessions::start(&mut connection, account, self.clock.now()).await.unwrap()
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Calls a server function as a script does: its status and what it answered.
    pub async fn post(
        &self,
        endpoint: &str,
        cookie: Option<&str>,
        fields: &[(&str, &str)],
    ) -> (StatusCode, serde_json::Value) {
        answered(self.send(posting(endpoint, cookie, fields)).await).await
    }

    /// Opens a page or calls a reading server function: its status and body, without what marks places for hydration.
    pub async fn get(&self, path: &str, cookie: Option<&str>) -> (StatusCode, String) {
        let mut request = Request::get(path).header(header::ACCEPT, "text/html").header(header::HOST, "localhost:3000");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let (status, body) = read(self.send(request.body(Body::empty()).unwrap()).await).await;
        (status, body.replace("<!>", ""))
    }
}

/// A call of a server function as a script makes it.
pub fn posting(endpoint: &str, cookie: Option<&str>, fields: &[(&str, &str)]) -> Request<Body> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut request = Request::post(format!("/api/{endpoint}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    request.body(Body::from(body)).unwrap()
}

/// The status of an answer, and its JSON; what is none as text.
pub async fn answered(response: Response<Body>) -> (StatusCode, serde_json::Value) {
    let (status, text) = read(response).await;
    (status, serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text)))
}

/// The status of an answer, and its text.
pub async fn read(response: Response<Body>) -> (StatusCode, String) {
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 4 * 1024 * 1024).await.unwrap();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}
