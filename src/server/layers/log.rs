//! One log line and one measurement a request, with a request id and no personal data: the route's pattern, never the
//! path, since a path may carry a licence number.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::server::keys::random_bytes;

const HEADER: &str = "x-request-id";

pub async fn layer(request: Request, next: Next) -> Response {
    let id = format!("{:016x}", u64::from_be_bytes(random_bytes::<8>()));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", request.id = %id);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    metrics::histogram!("http_request_seconds", "route" => route.clone(), "status" => status.to_string())
        .record(took.as_secs_f64());
    span.in_scope(|| {
        let http_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(http.method = %method, http.route = %route, http.status = status, http.ms = http_ms);
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
