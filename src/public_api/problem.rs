//! What went wrong, as RFC 9457 tells it.

use axum::Json;
use axum::extract::Request;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::AppError;
use crate::i18n::{Locale, td_string};
use crate::organisations::model::Scope;
use crate::server::layers::plain_page::error_of;
use crate::ui::problem::error_text;

const CONTENT_TYPE: &str = "application/problem+json";

/// Problem details for HTTP APIs (RFC 9457), `application/problem+json`. Its type is `about:blank`, so that the status
/// says what kind of problem it is.
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// The HTTP status.
    #[schema(example = 400)]
    status: u16,
    /// What that status means.
    #[schema(example = "Bad Request")]
    title: String,
    /// What to do, in English.
    detail: String,
    /// What to do, in Arabic.
    detail_ar: String,
}

/// An error on its way to a program.
pub enum Refusal {
    Error(AppError),
    /// What is shown is no key that is in force.
    KeyUnknown,
    /// The key is not for this.
    ScopeMissing(Scope),
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        Self::Error(error)
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Error(error.into())
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
        Self::Error(if too_large { AppError::TooLarge } else { AppError::Malformed })
    }
}

impl From<PathRejection> for Refusal {
    fn from(_: PathRejection) -> Self {
        Self::Error(AppError::Malformed)
    }
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::Error(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Self::KeyUnknown => StatusCode::UNAUTHORIZED,
            Self::ScopeMissing(_) => StatusCode::FORBIDDEN,
        }
    }
}

/// How to ask with a key (RFC 6750).
fn challenge(scope: Option<Scope>) -> HeaderValue {
    HeaderValue::from_static(match scope {
        None => r#"Bearer realm="rukhsa", error="invalid_token""#,
        Some(Scope::Verify) => r#"Bearer realm="rukhsa", error="insufficient_scope", scope="verify""#,
        Some(Scope::Webhooks) => r#"Bearer realm="rukhsa", error="insufficient_scope", scope="webhooks""#,
    })
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.status();
        let (text, scope): (fn(Locale) -> &'static str, _) = match self {
            Self::Error(error) => return told(status, error),
            Self::KeyUnknown => (|locale| td_string!(locale, organisations.program_unknown), None),
            Self::ScopeMissing(scope) => (|locale| td_string!(locale, organisations.program_scope), Some(scope)),
        };
        let mut response = problem(status, |locale| text(locale).to_owned());
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge(scope));
        response
    }
}

/// Tells as a problem what failed outside of the answers: a method or an address that is not there, the limit of an
/// address, a timeout, a panic.
pub async fn layer(request: Request, next: Next) -> Response {
    let of_programs = request.uri().path().starts_with("/api/v1/");
    let response = next.run(request).await;
    let status = response.status();
    let is_problem = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == CONTENT_TYPE);
    if !of_programs || !(status.is_client_error() || status.is_server_error()) || is_problem {
        return response;
    }
    let mut problem = told(status, error_of(&response));
    for kept in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&kept) {
            problem.headers_mut().insert(kept, value.clone());
        }
    }
    problem
}

/// What to do, for who writes a program.
fn detail(locale: Locale, error: &AppError) -> String {
    match error {
        AppError::Malformed => td_string!(locale, errors.malformed_question).to_owned(),
        error => error_text(locale, error),
    }
}

fn told(status: StatusCode, error: AppError) -> Response {
    let mut response = problem(status, |locale| detail(locale, &error));
    if let AppError::TooMany { retry_after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    }
    response.extensions_mut().insert(error);
    response
}

fn problem(status: StatusCode, detail: impl Fn(Locale) -> String) -> Response {
    let problem = Problem {
        status: status.as_u16(),
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        detail: detail(Locale::en),
        detail_ar: detail(Locale::ar),
    };
    let mut response = (status, Json(problem)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    response
}
