//! The interface for programs, version 1: what a licence is, one number at a time or many, in JSON over HTTP. Described by
//! `OpenAPI` 3.1 at `/api/openapi.json`, which is made from the code itself.
//!
//! Within a version, fields and codes are added and none is taken away or changes its meaning: a program passes over what
//! it does not know.

mod asker;
mod deliveries;
mod description;
mod licences;
pub mod model;
mod problem;
#[cfg(test)]
mod tests;

pub use crate::organisations::webhook::Change;
pub use asker::{MOST_QUESTIONS, MOST_QUESTIONS_WITH_KEY};
pub use model::{MOST_NUMBERS, MOST_NUMBERS_WITH_KEY, OneAnswer, Status};
pub use problem::layer as problems;

use axum::Router;
use axum::http::Method;
use axum::routing::{get, post};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};

use crate::server::state::AppState;

/// The routes; none of them knows who is signed in, and some know a program by its key. Pages of other sites may read what
/// is asked by GET.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/licences/{number}", get(licences::one))
        .route("/api/v1/licences:verify", post(licences::many))
        .route("/api/v1/webhook-deliveries", get(deliveries::list))
        .route("/api/openapi.json", get(description::serve))
        .layer(CorsLayer::new().allow_origin(Any).allow_methods([Method::GET]))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}
