//! Published keys, signed addresses and status lists against a real database.

mod addresses;
mod keys;
pub mod lists;
pub mod others;
mod places;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};

use super::model::{Jwks, PublicKey};
use super::publish;
use crate::testing::TestApp;

/// Fetches a path as a verifier does.
async fn fetch(app: &TestApp, path: &str, known: Option<&str>) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::get(path).header(header::HOST, "localhost:3000");
    if let Some(tag) = known {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    let response = app.send(request.body(Body::empty()).unwrap()).await;
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 4 * 1024 * 1024).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

/// The keys that the portal publishes, as a verifier keeps them.
pub async fn trusted(app: &TestApp) -> Vec<PublicKey> {
    publish(&app.state).await.unwrap();
    let (status, _, body) = fetch(app, "/.well-known/jwks.json", None).await;
    assert_eq!(status, StatusCode::OK);
    serde_json::from_str::<Jwks>(&body).unwrap().public_keys()
}
