//! The interface, described for programs and for those who write them.

use axum::Json;
use axum::extract::State;
use utoipa::OpenApi;
use utoipa::openapi::{OpenApi as Description, Server};

use crate::server::state::AppState;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Rukhsa",
        version = "1",
        description = "Whether a licence for volunteer work is real, and valid now.",
    ),
    paths(super::licences::one, super::licences::many),
    tags((name = "licences", description = "Verifying licences"))
)]
struct Interface;

/// `/api/openapi.json`: `OpenAPI` 3.1, for this portal's own address.
pub async fn serve(State(state): State<AppState>) -> Json<Description> {
    let mut description = Interface::openapi();
    description.servers = Some(vec![Server::new(state.config.origin.clone())]);
    Json(description)
}
