//! What went wrong, as RFC 9457 tells it.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::AppError;
use crate::i18n::{Locale, td_string};
use crate::organisations::model::Scope;
use crate::ui::problem::error_text;

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

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::Error(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Self::KeyUnknown => StatusCode::UNAUTHORIZED,
            Self::ScopeMissing(_) => StatusCode::FORBIDDEN,
        }
    }

    fn detail(&self, locale: Locale) -> String {
        match self {
            Self::Error(error) => error_text(locale, error),
            Self::KeyUnknown => td_string!(locale, organisations.program_unknown).to_owned(),
            Self::ScopeMissing(_) => td_string!(locale, organisations.program_scope).to_owned(),
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
        let problem = Problem {
            status: status.as_u16(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            detail: self.detail(Locale::en),
            detail_ar: self.detail(Locale::ar),
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self {
            Self::Error(error) => {
                if let AppError::TooMany { retry_after } = error {
                    headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
                }
                response.extensions_mut().insert(error);
            }
            Self::KeyUnknown => {
                headers.insert(header::WWW_AUTHENTICATE, challenge(None));
            }
            Self::ScopeMissing(scope) => {
                headers.insert(header::WWW_AUTHENTICATE, challenge(Some(scope)));
            }
        }
        response
    }
}
