//! The answers.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Path, Request, State};
use axum::http::{HeaderName, HeaderValue, header};

use super::asker::Asker;
use super::model::{Answer, Answers, OneAnswer, Question, instant};
use super::problem::{Problem, Refusal};
use crate::access::permit;
use crate::error::AppError;
use crate::licences::model::LicenceNumber;
use crate::server::state::AppState;
use crate::verification::store;

/// What an answer says is true at its time alone.
pub const LIVE: [(HeaderName, HeaderValue); 1] = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];

/// What the licence of a number is, now. A number that was never issued gets an answer too: `not_found`.
#[utoipa::path(
    get,
    path = "/api/v1/licences/{number}",
    operation_id = "verifyLicence",
    tag = "licences",
    params(("number" = String, Path, description = "Sixteen digits", example = "4821093755162049")),
    security((), ("key" = ["verify"])),
    responses(
        (status = 200, description = "The answer", body = OneAnswer),
        (status = 400, description = "Not a licence number", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No key in force", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The key is not for this", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many questions", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn one(
    State(state): State<AppState>,
    _: Asker,
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

/// What the licences of up to 10,000 numbers are, all at one instant; with a key, of up to 50,000.
#[utoipa::path(
    post,
    path = "/api/v1/licences:verify",
    operation_id = "verifyLicences",
    tag = "licences",
    request_body = Question,
    security((), ("key" = ["verify"])),
    responses(
        (status = 200, description = "An answer for each number", body = Answers),
        (status = 400, description = "No question", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No key in force", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The key is not for this", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too many numbers", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many questions", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn many(
    State(state): State<AppState>,
    asker: Asker,
    mut request: Request,
) -> Result<([(HeaderName, HeaderValue); 1], Json<Answers>), Refusal> {
    permit("verification/look_up", None)?;
    DefaultBodyLimit::max(asker.largest_question()).apply(&mut request);
    let Json(Question { numbers: sent }) = Json::from_request(request, &()).await?;
    if sent.is_empty() {
        return Err(AppError::Malformed.into());
    }
    if sent.len() > asker.most_numbers() {
        return Err(AppError::TooLarge.into());
    }
    let now = state.clock.now();
    asker.count(&state, now).await?;
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
