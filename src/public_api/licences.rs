//! The answers.

use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::{Extension, Json};
use time::Duration;

use super::model::{Answer, Answers, MOST_NUMBERS, OneAnswer, Question, instant};
use super::problem::{Problem, Refusal};
use crate::access::{ClientAddress, permit};
use crate::error::AppError;
use crate::licences::model::LicenceNumber;
use crate::server::rate::Limit;
use crate::server::state::AppState;
use crate::verification::store;

/// Questions about many numbers that one address may ask an hour: an event of a million people.
pub const MOST_QUESTIONS: i32 = 100;
const LIMIT: Limit = Limit { act: "verify_many", most: MOST_QUESTIONS, window: Duration::hours(1) };

/// What an answer says is true at its time alone.
const LIVE: [(HeaderName, HeaderValue); 1] = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];

/// What the licence of a number is, now. A number that was never issued gets an answer too: `not_found`.
#[utoipa::path(
    get,
    path = "/api/v1/licences/{number}",
    operation_id = "verifyLicence",
    tag = "licences",
    params(("number" = String, Path, description = "Sixteen digits", example = "4821093755162049")),
    responses(
        (status = 200, description = "The answer", body = OneAnswer),
        (status = 400, description = "Not a licence number", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many questions", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn one(
    State(state): State<AppState>,
    number: Result<Path<String>, PathRejection>,
) -> Result<([(HeaderName, HeaderValue); 1], Json<OneAnswer>), Refusal> {
    permit("verification/look_up", None)?;
    let Path(number) = number?;
    let number = LicenceNumber::parse(&number).map_err(|_| AppError::Malformed)?;
    let now = state.clock.now();
    let found = store::look_up(&mut *state.readers.acquire().await?, &number, now).await?;
    let answer = Answer::of(number.digits(), found.as_ref());
    Ok((LIVE, Json(OneAnswer { checked_at: instant(now), answer })))
}

/// What the licences of up to 10,000 numbers are, all at one instant.
#[utoipa::path(
    post,
    path = "/api/v1/licences:verify",
    operation_id = "verifyLicences",
    tag = "licences",
    request_body = Question,
    responses(
        (status = 200, description = "An answer for each number", body = Answers),
        (status = 400, description = "No question", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too many numbers", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many questions", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn many(
    State(state): State<AppState>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    question: Result<Json<Question>, JsonRejection>,
) -> Result<([(HeaderName, HeaderValue); 1], Json<Answers>), Refusal> {
    permit("verification/look_up", None)?;
    let Json(Question { numbers: sent }) = question?;
    match sent.len() {
        0 => return Err(AppError::Malformed.into()),
        1..=MOST_NUMBERS => {}
        _ => return Err(AppError::TooLarge.into()),
    }
    let now = state.clock.now();
    let who = state.config.keys.hash("verify-many", &address.to_string());
    LIMIT.count(&mut *state.pool.acquire().await?, &who, now).await?;
    let read: Vec<(String, Option<LicenceNumber>)> = sent
        .into_iter()
        .map(|sent| (LicenceNumber::parse(&sent).ok(), sent))
        .map(|(read, sent)| (sent, read))
        .collect();
    let numbers: Vec<&str> = read.iter().filter_map(|(_, number)| number.as_ref()).map(LicenceNumber::digits).collect();
    let found = store::look_up_all(&mut *state.readers.acquire().await?, &numbers, now).await?;
    let answers = read.into_iter().map(|(sent, number)| match number {
        Some(number) => Answer::of(number.digits(), found.get(number.digits())),
        None => Answer::malformed(sent),
    });
    Ok((LIVE, Json(Answers { checked_at: instant(now), answers: answers.collect() })))
}
