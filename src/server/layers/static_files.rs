//! Scripts, styles and fonts: pre-compressed, and immutable where their name carries a hash.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::services::{ServeDir, ServeFile};

/// Serves a folder, taking the brotli or gzip twin of a file where there is one.
pub fn folder(path: &str) -> ServeDir {
    ServeDir::new(path).precompressed_br().precompressed_gzip().append_index_html_on_directories(false)
}

/// Serves one file, as [`folder`] does.
pub fn file(path: &str) -> ServeFile {
    ServeFile::new(path).precompressed_br().precompressed_gzip()
}

/// Files under `/pkg` have a hash in their name and never change.
pub async fn immutable(request: Request, next: Next) -> Response {
    cached(request, next, "public, max-age=31536000, immutable").await
}

/// The service worker fetches the pages it keeps, and nothing else. It is asked for anew at each visit, so that a mended
/// one takes over at once.
pub async fn worker(request: Request, next: Next) -> Response {
    let mut response = cached(request, next, "no-cache").await;
    let policy = HeaderValue::from_static("default-src 'none'; connect-src 'self'");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// Other files may change with a release.
pub async fn short_lived(request: Request, next: Next) -> Response {
    cached(request, next, "public, max-age=86400").await
}

async fn cached(request: Request, next: Next, value: &'static str) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    }
    response
}
