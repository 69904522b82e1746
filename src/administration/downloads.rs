//! Downloads: the audit log as a table, and what is held on a person. Not server functions, so each asks the matrix for
//! the function whose data it hands out.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json};
use hyper::body::Frame;
use serde::Deserialize;
use tokio::sync::mpsc;

use super::model::{AuditFilter, Instant};
use super::store::log::{self, Entry};
use super::store::{audit, held};
use crate::access::{Actor, Role, permit};
use crate::app::request::locale_of;
use crate::error::AppError;
use crate::place::{Place, cut};
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;

/// Entries that are read at once.
const BATCH: usize = 2_000;
/// Batches that wait for a slow reader.
const AHEAD: usize = 2;

/// The routes, within the layer that reads the sign-in cookie.
pub fn routes() -> Router<AppState> {
    Router::new().route("/admin/audit.csv", get(audit_log)).route("/account/data.json", get(own_data))
}

/// The filter as the URL of `/admin/audit` spells it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Narrowed {
    action: String,
    actor: String,
    subject: String,
    from: String,
    to: String,
    order: String,
}

/// The whole narrowed log, in its order, as comma-separated values. It is sent as it is read: a log of millions takes no
/// more memory than a short one.
async fn audit_log(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    Query(narrowed): Query<Narrowed>,
) -> Response {
    let actor = actor.map(|Extension(actor)| actor);
    match start_log(state, actor, &narrowed).await {
        Ok(body) => download("text/csv; charset=utf-8", "audit.csv", body),
        Err(error) => answer(&error).into_response(),
    }
}

async fn start_log(state: AppState, actor: Option<Actor>, narrowed: &Narrowed) -> Result<Body, AppError> {
    permit("administration/audit", actor.as_ref())?;
    let actor = actor.ok_or(AppError::SignInNeeded)?;
    let Narrowed { action, actor: by, subject, from, to, order } = narrowed;
    let filter = AuditFilter::parse(action, by, subject, from, to, order);
    let mut connection = state.pool.acquire().await?;
    let now = state.clock.now();
    audit::note(&mut connection, actor.person, Role::Administrator, "audit_exported", None, None, now).await?;
    drop(connection);
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        if let Err(error) = send_log(&state, &filter, &sender).await {
            // The reader sees the connection break: half a log must not look like a whole one.
            let _ = sender.send(Err(io::Error::other(error))).await;
        }
    });
    Ok(Body::new(Parts(receiver)))
}

type Sender = mpsc::Sender<io::Result<Bytes>>;

/// Reads batch after batch, each from where the last one ended, until the log or the reader is done.
async fn send_log(state: &AppState, filter: &AuditFilter, sender: &Sender) -> Result<(), AppError> {
    let mut part = String::from("id,at,actor_id,actor_role,action,subject_id,detail\r\n");
    let mut after = None;
    loop {
        let mut connection = state.pool.acquire().await?;
        let mut entries = log::entries(&mut connection, filter, after, BATCH).await?;
        drop(connection);
        after = cut(&mut entries, BATCH, |last| Place { at: last.at, id: last.id });
        part.extend(entries.iter().map(line));
        let gone = sender.send(Ok(Bytes::from(std::mem::take(&mut part)))).await.is_err();
        if gone || after.is_none() {
            return Ok(());
        }
    }
}

/// A line of the table. All of it is codes and ids, which need no quotes.
fn line(entry: &Entry) -> String {
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    format!(
        "{},{},{},{},{},{},{}\r\n",
        entry.id,
        Instant(entry.at).text(),
        id(entry.actor_id),
        entry.actor_role.as_deref().unwrap_or_default(),
        entry.action,
        id(entry.subject_id),
        entry.detail.as_deref().unwrap_or_default()
    )
}

/// Parts as they come.
struct Parts(mpsc::Receiver<io::Result<Bytes>>);

impl HttpBody for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|part| part.map(|part| part.map(Frame::data)))
    }
}

/// Everything that is held on who asks, as the page in their language has it.
async fn own_data(State(state): State<AppState>, actor: Option<Extension<Actor>>, headers: HeaderMap) -> Response {
    let locale = locale_of(&headers);
    let actor = actor.map(|Extension(actor)| actor);
    let collected = async {
        permit("administration/held", actor.as_ref())?;
        let actor = actor.as_ref().ok_or(AppError::SignInNeeded)?;
        let mut connection = state.pool.acquire().await?;
        held::everything(&mut connection, &state.config.keys, actor.person, locale, state.clock.now()).await
    };
    match collected.await {
        Ok(held) => download("application/json", "rukhsa-data.json", Json(held)),
        Err(error) => answer(&error).into_response(),
    }
}

/// An answer that a browser saves under a name.
fn download(kind: &'static str, name: &'static str, body: impl IntoResponse) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(disposition) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    (headers, body).into_response()
}
