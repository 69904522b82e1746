//! Lists to send, and answers to download. They are no server functions, and ask the matrix for the one whose data they
//! take or hand out.

use std::net::IpAddr;

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderName, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use time::Duration;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::model::{Asked, LARGEST_LIST, MOST_ROWS, SENT_TO, href};
use super::{holders, reading, store, writing};
use crate::access::{ClientAddress, permit};
use crate::app::request::locale_of;
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::server::database::{self, internal};
use crate::server::layers::server_functions::{answer, back_to_form, forget_form, see_other};
use crate::server::rate::Limit;
use crate::server::state::AppState;
use crate::ui::form::KeptForm;

/// The page that lists are sent from.
const PAGE: &str = "/verify/bulk";

/// Bytes of what stands around a list.
const LARGEST_FRAME: usize = 4096;

/// Bytes of a pasted list that go back into the page when something is wrong with it: 10,000 numbers in groups.
const LARGEST_KEPT: usize = 256 * 1024;

/// Lists from one address: a minute for each, all day, is more than anybody's rosters; many phones may share an address.
const LIMIT: Limit = Limit { act: "verify_list", most: 60, window: Duration::hours(1) };

/// Files that are read or written at the same time: each may take as much room as it is allowed to.
static READERS: Semaphore = Semaphore::const_new(2);

/// The routes; none of them knows who is signed in.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(SENT_TO, post(send).layer(DefaultBodyLimit::max(LARGEST_LIST + LARGEST_FRAME)))
        .route("/verify/bulk/{id}/{file}", get(download))
}

/// A list as it comes.
enum Sent {
    Pasted(String),
    File(Vec<u8>),
}

/// Takes a list and leads to its page, or back to what was typed.
async fn send(
    State(state): State<AppState>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    headers: HeaderMap,
    sent: Result<Multipart, MultipartRejection>,
) -> Response {
    let sent = match sent {
        Ok(sent) => list(sent).await,
        Err(_) => Err(AppError::Malformed),
    };
    let typed = match &sent {
        Ok(Sent::Pasted(text)) if text.len() <= LARGEST_KEPT => vec![("numbers".to_owned(), text.clone())],
        _ => Vec::new(),
    };
    // In a task of its own: a client that hangs up must not stop a transaction half way.
    let keeping = {
        let state = state.clone();
        tokio::spawn(async move { keep(&state, address, sent?).await })
    };
    match keeping.await.unwrap_or_else(|error| Err(internal(&error))) {
        Ok(check) => {
            forget_form(&state, &headers).await;
            see_other(&href(check, None, None), &[])
        }
        Err(error) => {
            let form =
                KeptForm { page: PAGE.to_owned(), endpoint: SENT_TO.to_owned(), fields: typed, error: Some(error) };
            back_to_form(&state, &headers, &Uri::from_static(PAGE), form).await
        }
    }
}

/// The list of a form: its field `numbers`, or its field `file`.
async fn list(mut sent: Multipart) -> Result<Sent, AppError> {
    while let Some(field) = sent.next_field().await.map_err(|_| AppError::Malformed)? {
        let Some(name @ ("numbers" | "file")) = field.name() else { continue };
        let pasted = name == "numbers";
        let bytes = field.bytes().await.map_err(|_| AppError::TooLarge)?;
        if bytes.len() > LARGEST_LIST {
            return Err(AppError::TooLarge);
        }
        return Ok(if pasted {
            Sent::Pasted(String::from_utf8_lossy(&bytes).into_owned())
        } else {
            Sent::File(bytes.to_vec())
        });
    }
    Err(AppError::Malformed)
}

async fn keep(state: &AppState, address: IpAddr, sent: Sent) -> Result<Uuid, AppError> {
    permit("bulk/check", None)?;
    let now = state.clock.now();
    let who = state.config.keys.hash("verify-list", &address.to_string());
    LIMIT.count(&mut *state.pool.acquire().await?, &who, now).await?;
    let rows = read(sent).await?;
    let mut tx = database::begin_as(&state.pool, None).await?;
    let check = store::keep(&mut tx, &rows, now).await?;
    tx.commit().await?;
    Ok(check)
}

async fn read(sent: Sent) -> Result<Vec<(i32, Asked)>, AppError> {
    let _turn = READERS.acquire().await.map_err(|error| internal(&error))?;
    let (field, reading) = match sent {
        Sent::Pasted(text) => ("numbers", tokio::task::spawn_blocking(move || reading::pasted(&text))),
        Sent::File(bytes) => ("file", tokio::task::spawn_blocking(move || reading::sent(&bytes))),
    };
    // A file on which a reader stumbles is one that cannot be read.
    reading.await.unwrap_or(Err(Problem::FileUnreadable)).map_err(|problem| problem.on(field))
}

/// A kind of file.
#[derive(Clone, Copy)]
enum Kind {
    Csv,
    Xlsx,
}

/// All rows of a list, as far as they are answered.
async fn download(
    State(state): State<AppState>,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let (kind, media) = match file.as_str() {
        "answers.csv" => (Kind::Csv, "text/csv; charset=utf-8"),
        "answers.xlsx" => (Kind::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        _ => return answer(&AppError::NotFound),
    };
    match written(&state, &id, kind, locale_of(&headers)).await {
        Ok(bytes) => {
            let headers: [(HeaderName, String); 2] = [
                (header::CONTENT_TYPE, media.to_owned()),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => answer(&error),
    }
}

async fn written(state: &AppState, id: &str, kind: Kind, locale: Locale) -> Result<Vec<u8>, AppError> {
    permit("bulk/check", None)?;
    let id = Uuid::parse_str(id).map_err(|_| AppError::NotFound)?;
    let now = state.clock.now();
    let _turn = READERS.acquire().await.map_err(|error| internal(&error))?;
    let mut connection = state.pool.acquire().await?;
    store::progress(&mut connection, id, now).await?;
    let mut rows = store::rows(&mut connection, id, None, 0, MOST_ROWS).await?;
    holders::name(&mut connection, &mut rows, now).await?;
    drop(connection);
    let writing = tokio::task::spawn_blocking(move || match kind {
        Kind::Csv => Ok(writing::csv(locale, &rows)),
        Kind::Xlsx => writing::xlsx(locale, &rows),
    });
    writing.await.map_err(|error| internal(&error))?.map_err(|error| internal(&error))
}
