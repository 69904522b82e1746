//! What auditors fetch: the newest checkpoint. The same for everybody, so without a cookie, and open to pages of other
//! sites.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::store;
use crate::error::AppError;
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;

/// The routes; none of them knows who asks.
pub fn routes() -> Router<AppState> {
    Router::new().route("/log/checkpoint", get(checkpoint))
}

async fn checkpoint(State(state): State<AppState>) -> Response {
    let newest = async { store::newest(&mut *state.readers.acquire().await?).await?.ok_or(AppError::NotFound) };
    let kept = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=60"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    match newest.await {
        Ok(newest) => (kept, newest.note).into_response(),
        Err(error) => answer(&error),
    }
}
