//! Files to download. They are no server functions, and ask for permission themselves.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::Extension;
use serde::Deserialize;

use super::model::{ImportKind, QuestionFilter};
use super::{rows, store};
use crate::access::{Actor, Role};
use crate::error::AppError;
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;

/// Their routes; the layer of sign-in stands around them.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/downloads/questions.csv", get(questions))
        .route("/admin/downloads/templates/{what}", get(template))
}

/// # Errors
/// [`AppError::SignInNeeded`] or [`AppError::Forbidden`] for anybody but administrators.
fn administrator(actor: Option<&Actor>) -> Result<(), AppError> {
    match actor {
        None => Err(AppError::SignInNeeded),
        Some(actor) if actor.roles.contains(&Role::Administrator) => Ok(()),
        Some(_) => Err(AppError::Forbidden),
    }
}

/// What of the banks to write; as the URL of `/admin/questions` spells it.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    retired: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    topic: String,
}

/// The questions of a filter, with their right answers.
async fn questions(
    actor: Option<Extension<Actor>>,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
) -> Response {
    let written = async {
        administrator(actor.as_deref())?;
        let filter = QuestionFilter::parse(&asked.retired, &asked.kind, &asked.topic);
        let mut connection = state.pool.acquire().await?;
        Ok::<_, AppError>(rows::write_questions(&store::questions::all(&mut connection, &filter).await?))
    };
    match written.await {
        Ok(bytes) => file("questions.csv", bytes),
        Err(error) => answer(&error),
    }
}

/// An empty file to fill in.
async fn template(actor: Option<Extension<Actor>>, Path(what): Path<String>) -> Response {
    match (administrator(actor.as_deref()), what.strip_suffix(".csv").and_then(ImportKind::from_code)) {
        (Err(error), _) => answer(&error),
        (Ok(()), Some(kind)) => file(&what, rows::template(kind)),
        (Ok(()), None) => answer(&AppError::NotFound),
    }
}

fn file(name: &str, bytes: Vec<u8>) -> Response {
    let headers: [(HeaderName, String); 2] = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}
