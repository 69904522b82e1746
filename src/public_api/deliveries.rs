//! What an organisation's endpoints were told, for a program of its own that missed some.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use time::Duration;
use utoipa::ToSchema;

use super::asker;
use super::licences::LIVE;
use super::problem::{Problem, Refusal};
use crate::error::AppError;
use crate::organisations::model::Scope;
use crate::organisations::store::deliveries;
use crate::organisations::webhook::Change;
use crate::place::Place;
use crate::server::rate::Limit;
use crate::server::state::AppState;

/// Pages that one key may ask for: ten a minute.
const LIMIT: Limit = Limit { act: "webhook_deliveries", most: 600, window: Duration::hours(1) };

/// From where on.
#[derive(Deserialize)]
pub struct Asked {
    after: Option<String>,
}

/// Changes that the organisation's endpoints were to be told, the earliest first.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Deliveries {
    /// At most a hundred.
    pub deliveries: Vec<Delivery>,
    /// Where to go on from, as `after`: at once, or later to read what has happened since. Absent where no change is. One that
    /// was recorded late may stand before it: go on from an earlier one now and then, and pass over the ids that you know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A change, by the id that its delivery has in `webhook-id`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Delivery {
    #[schema(example = "0b7e6a52-6f0e-4a53-9a55-3f1f6f4f2a10")]
    pub id: String,
    pub change: Change,
}

/// What the endpoints of the organisation whose key is shown were to be told, taken or not.
#[utoipa::path(
    get,
    path = "/api/v1/webhook-deliveries",
    operation_id = "listWebhookDeliveries",
    tag = "webhooks",
    params(("after" = Option<String>, Query, description = "The `next` of a page before")),
    security(("key" = ["webhooks"])),
    responses(
        (status = 200, description = "A page of changes", body = Deliveries),
        (status = 400, description = "Not the `next` of a page", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No key in force", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The key is not for this", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many questions", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<([(HeaderName, HeaderValue); 1], Json<Deliveries>), Refusal> {
    let program = asker::program(&headers, &state, Scope::Webhooks).await?;
    let Ok(Query(Asked { after })) = asked else { return Err(AppError::Malformed.into()) };
    let after = match after {
        Some(code) => Some(Place::parse(&code).ok_or(AppError::Malformed)?),
        None => None,
    };
    let mut connection = state.pool.acquire().await?;
    let who = state.config.keys.hash(LIMIT.act, &program.key.to_string());
    LIMIT.count(&mut connection, &who, state.clock.now()).await?;
    let (told, next) = deliveries::told(&mut connection, program.organisation, after).await?;
    let deliveries = told.into_iter().map(|(id, told)| Delivery { id: id.to_string(), change: told.into() }).collect();
    Ok((LIVE, Json(Deliveries { deliveries, next: next.map(|place| place.code()) })))
}
