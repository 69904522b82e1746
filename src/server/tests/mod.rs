//! The traps of the platform, each shown to be closed. A file for each kind of harm.

mod cancelled_writes;
mod errors;
mod headers;
mod hostile_input;
mod kept_forms;
mod listening;
mod outage;
mod pages;
mod plain_pages;
mod probes;
mod source;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response, StatusCode, header};

/// A form posted from a page of the portal itself, with the body as it is.
fn form(path: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header(header::HOST, "localhost:3000")
        .header(header::ORIGIN, "http://localhost:3000")
        .header("sec-fetch-site", "same-origin")
        .body(body.into())
        .unwrap()
}

/// What a browser asks for when somebody with these cookies opens an address.
fn opened(path: &str, cookies: &str) -> Request<Body> {
    Request::get(path)
        .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
        .header(header::COOKIE, cookies)
        .body(Body::empty())
        .unwrap()
}

/// Everything of an answer.
async fn read(response: Response<Body>) -> (StatusCode, HeaderMap, String) {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 4 * 1024 * 1024).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}
