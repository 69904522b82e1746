//! `/dev/inbox`: every delivery, opened. It exists in development only, where nothing leaves the machine.

use std::fmt::Write;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use super::store::{self, Shown};
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;

/// The inbox for people and, as JSON, for browser tests.
pub fn routes() -> Router<AppState> {
    Router::new().route("/dev/inbox", get(page)).route("/dev/inbox.json", get(json))
}

/// Its one style stands in the page itself: it belongs to no build of the portal.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// Whose messages to show: a mobile as `+9665xxxxxxxx`. All without it.
#[derive(Deserialize)]
struct Filter {
    to: Option<String>,
}

async fn newest(state: &AppState, filter: &Filter) -> Result<Vec<Shown>, Response> {
    let mut connection = state.pool.acquire().await.map_err(|error| answer(&error.into()))?;
    store::newest(&mut connection, &state.config.keys, filter.to.as_deref()).await.map_err(|error| answer(&error))
}

async fn page(State(state): State<AppState>, Query(filter): Query<Filter>) -> Response {
    let shown = match newest(&state, &filter).await {
        Ok(shown) => shown,
        Err(response) => return response,
    };
    let mut rows = String::new();
    for message in shown {
        let _ = write!(
            rows,
            "<li><p><bdi dir=\"ltr\">{}</bdi> · <bdi dir=\"ltr\">{}</bdi></p><p dir=\"auto\">{}</p></li>",
            message.at.time(),
            escaped(&message.to),
            escaped(&message.body)
        );
    }
    // The links in messages are longer than a phone is wide.
    let page = Html(format!(
        "<!DOCTYPE html><html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>صندوق رسائل التطوير</title>\
         <style>body {{ overflow-wrap: anywhere; }} ul {{ padding-inline-start: 16px; }}</style></head>\
         <body><main><h1>صندوق رسائل التطوير</h1><ul>{rows}</ul></main></body></html>"
    ));
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], page).into_response()
}

async fn json(State(state): State<AppState>, Query(filter): Query<Filter>) -> Response {
    match newest(&state, &filter).await {
        Ok(shown) => Json(
            shown
                .into_iter()
                .map(|message| {
                    let code = code_in(&message.body);
                    serde_json::json!({ "to": message.to, "body": message.body, "code": code })
                })
                .collect::<Vec<_>>(),
        )
        .into_response(),
        Err(response) => response,
    }
}

/// The first run of six digits in a text.
fn code_in(body: &str) -> Option<String> {
    body.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
