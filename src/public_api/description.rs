//! The interface, described for programs and for those who write them.

use axum::Json;
use axum::extract::State;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Description, Server};

use crate::server::state::AppState;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Rukhsa",
        version = "1",
        description = "Whether a licence for volunteer work is real, and valid now.",
    ),
    paths(super::licences::one, super::licences::many, super::deliveries::list),
    tags(
        (name = "licences", description = "Verifying licences"),
        (name = "webhooks", description = "What an organisation's endpoints are told of the licences of its own"),
    )
)]
struct Interface;

/// `/api/openapi.json`: `OpenAPI` 3.1, for this portal's own address.
pub async fn serve(State(state): State<AppState>) -> Json<Description> {
    let mut description = Interface::openapi();
    let key = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A key of an organisation's program"));
    let key = SecurityScheme::Http(key.build());
    description.components.get_or_insert_default().add_security_scheme("key", key);
    description.servers = Some(vec![Server::new(state.config.origin.clone())]);
    Json(description)
}
