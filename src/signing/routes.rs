//! What verifiers fetch: the keys and the status lists. The same for everybody, so without a cookie, and open to pages of
//! other sites.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::jws::{json, signing_key};
use super::model::{Jwks, Purpose, path};
use super::{list, store};
use crate::error::AppError;
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;

/// A key is published a month before it signs, and retired at once only in an emergency.
const KEYS_KEPT: &str = "public, max-age=3600";
/// A revocation shows within two seconds, also behind caches; a rush of verifiers asks the database once a second.
const LISTS_KEPT: &str = "public, max-age=1, must-revalidate";

/// The routes; none of them knows who asks.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/.well-known/jwks.json", get(keys))
        .route("/status", get(status_lists))
        .route("/status/{purpose}/{list}", get(status_list))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}

async fn keys(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let published = async { store::published(&mut *state.readers.acquire().await?).await };
    match published.await {
        Ok(keys) => document(&headers, "application/jwk-set+json", KEYS_KEPT, json(&Jwks { keys })),
        Err(error) => answer(&error),
    }
}

/// The path of every list, as a JSON array: what a phone fetches to verify without a connection later.
async fn status_lists(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let newest = async { store::newest_list(&mut *state.readers.acquire().await?).await };
    match newest.await {
        Ok(newest) => {
            let lists = Purpose::ALL.into_iter().flat_map(|purpose| (1..=newest).map(move |list| path(purpose, list)));
            document(&headers, "application/json", LISTS_KEPT, json(&lists.collect::<Vec<_>>()))
        }
        Err(error) => answer(&error),
    }
}

async fn status_list(
    State(state): State<AppState>,
    Path((purpose, list)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match signed_list(&state, &purpose, &list).await {
        Ok(credential) => document(&headers, "application/vc+jwt", LISTS_KEPT, credential),
        Err(error) => answer(&error),
    }
}

async fn signed_list(state: &AppState, purpose: &str, list: &str) -> Result<String, AppError> {
    let purpose = Purpose::from_code(purpose).ok_or(AppError::NotFound)?;
    // One address for each list.
    let number = list.parse::<u32>().ok().filter(|number| number.to_string() == list).ok_or(AppError::NotFound)?;
    let mut connection = state.readers.acquire().await?;
    let places = store::places(&mut connection, purpose, number).await?;
    let now = state.clock.now();
    let key = signing_key(&mut connection, state, now).await?;
    list::credential(&state.config.origin, (purpose, number), &places, &key, now)
}

/// A document that may be kept for a while; nothing of it is sent again to who has it already.
fn document(asked: &HeaderMap, kind: &'static str, kept: &'static str, body: String) -> Response {
    let tag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(&body)[..12]));
    let has = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
    let known = has.flat_map(|tags| tags.split(',')).any(|one| one.trim() == tag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { body.into_response() };
    let tag = HeaderValue::from_str(&tag).ok().map(|tag| (header::ETAG, tag));
    let fixed = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    for (name, value) in fixed.into_iter().chain(tag) {
        response.headers_mut().insert(name, value);
    }
    response
}
