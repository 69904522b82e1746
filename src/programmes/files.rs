//! Files to download and to send. Not server functions, so each asks the matrix for the function whose data it handles.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde::Deserialize;
use uuid::Uuid;

use super::model::{ImportKind, QuestionFilter};
use super::{rows, store};
use crate::access::{Actor, permit};
use crate::error::{AppError, Problem};
use crate::server::database;
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;

/// Bytes of a file at most; the database says the same.
const LARGEST_FILE: usize = 1024 * 1024;
/// Bytes of what stands around it.
const LARGEST_FRAME: usize = 4096;

/// Their routes; the layer of sign-in stands around them.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/downloads/questions.csv", get(questions))
        .route("/admin/downloads/templates/{what}", get(template))
        .route("/admin/uploads/{what}", post(upload).layer(DefaultBodyLimit::max(LARGEST_FILE + LARGEST_FRAME)))
}

/// Who asks for what the server function at `endpoint` works with.
///
/// # Errors
/// As [`permit`].
fn permitted(endpoint: &str, actor: Option<&Actor>) -> Result<Uuid, AppError> {
    permit(endpoint, actor)?;
    actor.map(|actor| actor.person).ok_or(AppError::SignInNeeded)
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
    #[serde(default)]
    module: String,
}

/// The questions of a filter, with their right answers.
async fn questions(
    actor: Option<Extension<Actor>>,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
) -> Response {
    let written = async {
        permitted("programmes/questions", actor.as_deref())?;
        let filter = QuestionFilter::parse(&asked.retired, &asked.kind, &asked.topic, &asked.module, "");
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
    match (
        permitted("programmes/check_file", actor.as_deref()),
        what.strip_suffix(".csv").and_then(ImportKind::from_code),
    ) {
        (Err(error), _) => answer(&error),
        (Ok(_), Some(kind)) => file(&what, rows::template(kind)),
        (Ok(_), None) => answer(&AppError::NotFound),
    }
}

/// Takes a file to be imported, as `programmes/check_file` takes a pasted one, and leads to what was found in it.
async fn upload(
    actor: Option<Extension<Actor>>,
    State(state): State<AppState>,
    Path(what): Path<String>,
    sent: Result<Multipart, MultipartRejection>,
) -> Response {
    let checked = async {
        let by = permitted("programmes/check_file", actor.as_deref())?;
        let kind = ImportKind::from_code(&what).ok_or(AppError::NotFound)?;
        let contents = contents(sent.map_err(|_| AppError::Malformed)?).await?;
        // In a task of its own: a client that hangs up must not stop a transaction half way.
        let checking = tokio::spawn(async move {
            let mut tx = database::begin_as(&state.pool, Some(by)).await?;
            let id = store::imports::check(&mut tx, kind, &contents, by, state.clock.now()).await?;
            tx.commit().await?;
            Ok::<_, AppError>(id)
        });
        checking.await.map_err(|error| database::internal(&error))?
    };
    match checked.await {
        Ok(id) => Redirect::to(&format!("/admin/imports/{id}")).into_response(),
        Err(AppError::Invalid(problems)) => {
            let problem = problems.first().and_then(|one| serde_json::to_value(one.problem).ok());
            let problem = problem.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
            Redirect::to(&format!("/admin/imports/new/{what}?problem={problem}")).into_response()
        }
        Err(error) => answer(&error),
    }
}

/// The text of the field `file`.
async fn contents(mut sent: Multipart) -> Result<String, AppError> {
    while let Some(field) = sent.next_field().await.map_err(|_| AppError::Malformed)? {
        if field.name() == Some("file") {
            let bytes = field.bytes().await.map_err(|_| AppError::TooLarge)?;
            if bytes.len() > LARGEST_FILE {
                return Err(AppError::TooLarge);
            }
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| Problem::CsvNotUtf8.on("csv"))?;
            return Ok(text.replace('\0', ""));
        }
    }
    Err(Problem::Required.on("csv"))
}

fn file(name: &str, bytes: Vec<u8>) -> Response {
    let headers: [(HeaderName, String); 2] = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}
