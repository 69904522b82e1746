//! A failure on the way to a page, told to a person: what happened and what to do, in both languages, with neither
//! script nor style. What fails while a page is rendered is told by the page itself, in the portal's own shell.

use crate::i18n::td_string;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::locale::direction;
use crate::app::request::locale_of;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::server::database::internal;

/// Whether the answer goes to a person: a browser asks so for pages and for forms that it sends without script.
pub fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// Answers 404 and no more to whoever cannot read a page: a font that is not there is no reason to render one.
pub async fn bare_for_scripts(request: Request, next: Next) -> Response {
    if accepts_html(request.headers()) { next.run(request).await } else { StatusCode::NOT_FOUND.into_response() }
}

pub async fn layer(request: Request, next: Next) -> Response {
    let of_script = request.method() == Method::GET && request.uri().path().starts_with("/api/");
    let for_person = accepts_html(request.headers()) && !of_script;
    let locale = locale_of(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    if !for_person || !(status.is_client_error() || status.is_server_error()) || is_html(&response) {
        return response;
    }
    let error = error_of(&response);
    let (mut parts, _) = response.into_parts();
    for stale in [header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
        parts.headers.remove(stale);
    }
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, Body::from(document(locale, &error)))
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// What an answer means: the error of ours that it carries, or else by its status.
pub fn error_of(response: &Response) -> AppError {
    if let Some(error) = response.extensions().get::<AppError>() {
        return error.clone();
    }
    match response.status() {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => AppError::Forbidden,
        StatusCode::NOT_FOUND => AppError::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge,
        StatusCode::TOO_MANY_REQUESTS => {
            let wait = response.headers().get(header::RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.parse().ok());
            AppError::TooMany { retry_after: wait.unwrap_or_default() }
        }
        StatusCode::SERVICE_UNAVAILABLE => AppError::Unavailable,
        status if status.is_server_error() => internal(&status),
        _ => AppError::Malformed,
    }
}

/// The document, in the visitor's language and then in the other.
fn document(locale: Locale, error: &AppError) -> String {
    let (lang, dir) = direction(locale);
    let both = match locale {
        Locale::ar => [Locale::ar, Locale::en],
        Locale::en => [Locale::en, Locale::ar],
    };
    let (title, _) = told(locale, error);
    let [first, second] = both.map(|locale| section(locale, error));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\
         <body><main>{first}<hr>{second}</main></body></html>\n"
    )
}

fn section(locale: Locale, error: &AppError) -> String {
    let (lang, dir) = direction(locale);
    let (title, text) = told(locale, error);
    let home = td_string!(locale, errors.to_home);
    format!(
        "<section lang=\"{lang}\" dir=\"{dir}\"><h1>{title}</h1><p>{text}</p>\
         <p><a href=\"/\">{home}</a></p></section>"
    )
}

/// Title and text. Neither holds anything that came with the request.
fn told(locale: Locale, error: &AppError) -> (&'static str, String) {
    match error {
        AppError::SignInNeeded | AppError::SecondFactorNeeded | AppError::Forbidden => {
            (td_string!(locale, errors.forbidden_title), td_string!(locale, errors.forbidden).to_owned())
        }
        AppError::NotFound => {
            (td_string!(locale, errors.not_found_title), td_string!(locale, errors.not_found).to_owned())
        }
        AppError::TooMany { retry_after } => {
            let minutes = retry_after.div_ceil(60);
            (td_string!(locale, errors.too_many_title), td_string!(locale, errors.too_many, count = minutes))
        }
        AppError::Unavailable | AppError::Offline => {
            (td_string!(locale, errors.offline_title), td_string!(locale, errors.unavailable_page).to_owned())
        }
        AppError::TooLarge => {
            (td_string!(locale, errors.internal_title), td_string!(locale, errors.too_large).to_owned())
        }
        AppError::Internal { reference } => {
            let reference = reference.as_str();
            (td_string!(locale, errors.internal_title), td_string!(locale, errors.internal, reference = reference))
        }
        AppError::Malformed | AppError::Invalid(_) | AppError::Refused(_) => {
            (td_string!(locale, errors.internal_title), td_string!(locale, errors.malformed).to_owned())
        }
    }
}
