//! What can go wrong, as closed codes. The text of each is in the locale files; the cause is in the log and never here.

mod problem;

use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

pub use problem::Problem;

/// The answer to a request that was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// 422: fields of a form need mending.
    #[error("invalid fields")]
    Invalid(Vec<FieldError>),
    /// 409: well-formed and permitted, but not as things stand.
    #[error("refused: {0:?}")]
    Refused(Problem),
    /// 401
    #[error("sign-in needed")]
    SignInNeeded,
    /// 403, until the second factor is passed, or passed anew.
    #[error("second factor needed")]
    SecondFactorNeeded,
    /// 403
    #[error("forbidden")]
    Forbidden,
    /// 404: there is no such thing, or none that this person may know of.
    #[error("not found")]
    NotFound,
    /// 400: the request itself is malformed.
    #[error("malformed request")]
    Malformed,
    /// 413
    #[error("too large")]
    TooLarge,
    /// 429: seconds until another try makes sense.
    #[error("too many requests")]
    TooMany { retry_after: u32 },
    /// 503: the database is away; what was sent is not done.
    #[error("unavailable")]
    Unavailable,
    /// 500: our mistake; the reference finds it in the log.
    #[error("internal error {reference}")]
    Internal { reference: String },
    /// The browser could not reach the server.
    #[error("no connection")]
    Offline,
}

/// One field of a form and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub problem: Problem,
}

impl AppError {
    /// HTTP status of the answer.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::SignInNeeded => 401,
            Self::SecondFactorNeeded | Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Refused(_) => 409,
            Self::TooLarge => 413,
            Self::Invalid(_) => 422,
            Self::TooMany { .. } => 429,
            Self::Internal { .. } => 500,
            Self::Unavailable | Self::Offline => 503,
        }
    }

    /// What is wrong with a field, where this is about fields.
    pub fn problem_of(&self, field: &str) -> Option<Problem> {
        match self {
            Self::Invalid(fields) => fields.iter().find(|f| f.field == field).map(|f| f.problem),
            _ => None,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Malformed
            }
            ServerFnErrorErr::Request(_) => Self::Offline,
            _ => Self::Internal { reference: String::new() },
        }
    }
}

/// Collects the problems of a form's fields, so that all are told at once.
#[derive(Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// The value, or `None` with the problem noted against the field.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.refuse(field, problem)).ok()
    }

    /// Notes a problem that no parser found.
    pub fn refuse(&mut self, field: &str, problem: Problem) {
        self.0.push(FieldError { field: field.to_owned(), problem });
    }

    /// # Errors
    /// [`AppError::Invalid`] with every problem noted, if any.
    pub fn finish(self) -> Result<(), AppError> {
        if self.0.is_empty() { Ok(()) } else { Err(AppError::Invalid(self.0)) }
    }
}
