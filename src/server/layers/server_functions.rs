//! Around every server function: the size of its input, its HTTP status, what a form without JavaScript sees, and that
//! a write once begun is finished, whoever hangs up.

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::kept_form::{COOKIE, cookie, cookie_to_set};
use super::plain_page::accepts_html;
use crate::error::AppError;
use crate::server::keys::random_token;
use crate::server::state::AppState;
use crate::server::{database, kept_form};
use crate::ui::form::KeptForm;

/// Bytes of a form at most.
const LARGEST_FORM: usize = 64 * 1024;
/// Bytes of an error at most; ours are far smaller.
const LARGEST_ERROR: usize = 16 * 1024;

pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let without_script = request.method() == Method::POST && accepts_html(request.headers());
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_FORM).await else {
        return answer(&AppError::TooLarge);
    };
    let headers = parts.headers.clone();
    let endpoint = parts.uri.path().to_owned();
    // This layer does the redirecting, so that the answer is always the function's own.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let request = Request::from_parts(parts, Body::from(body.clone()));

    // In a task of its own: a client that hangs up must not stop a transaction half way.
    let response = match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => answer(&database::internal(&error)),
    };
    let mut response = with_status(response).await;
    let shown = response.headers_mut().remove(kept_form::SHOW_AGAIN).is_some();
    if !without_script {
        return response;
    }
    match response.extensions().get::<AppError>().cloned() {
        Some(error) => keep_and_return(&state, &headers, &endpoint, &body, Some(error)).await,
        None if shown => keep_and_return(&state, &headers, &endpoint, &body, None).await,
        None => go_on(&state, &headers, response).await,
    }
}

/// Gives an error its HTTP status; leptos answers every error of a function with 500, and an unknown one with 400.
async fn with_status(response: Response) -> Response {
    if !response.headers().contains_key("serverfnerror") {
        let unknown = response.status() == StatusCode::BAD_REQUEST;
        return if unknown { answer(&AppError::NotFound) } else { response };
    }
    let bytes = to_bytes(response.into_body(), LARGEST_ERROR).await.unwrap_or_default();
    let error = serde_json::from_slice(&bytes).unwrap_or_else(|_| database::internal(&"unreadable error"));
    answer(&error)
}

/// An error as the answer to a script.
pub fn answer(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(error)).into_response();
    if let AppError::TooMany { retry_after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    response.headers_mut().insert("serverfnerror", HeaderValue::from_static("1"));
    response.extensions_mut().insert(error.clone());
    response
}

/// The page a form was sent from: the referrer's path and query, which cannot lead to another site.
pub fn page_of(headers: &HeaderMap) -> Option<Uri> {
    let referrer: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    // Two slashes at the start would name another host.
    let path = referrer.path_and_query()?.as_str().trim_start_matches(['/', '\\']);
    format!("/{path}").parse().ok()
}

/// On to another page, with cookies to set.
pub fn see_other(to: &str, cookies: &[String]) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    for cookie in cookies {
        if let Ok(cookie) = HeaderValue::from_str(cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// A form without JavaScript that failed, or whose page shows the answer: back to that, with what was typed and what is
/// wrong.
async fn keep_and_return(
    state: &AppState,
    headers: &HeaderMap,
    endpoint: &str,
    body: &Bytes,
    error: Option<AppError>,
) -> Response {
    if error == Some(AppError::SignInNeeded) {
        return see_other("/sign-in", &[]);
    }
    let page = page_of(headers).unwrap_or_else(|| Uri::from_static("/"));
    let form = KeptForm { page: page.path().to_owned(), endpoint: endpoint.to_owned(), fields: fields(body), error };
    back_to_form(state, headers, &page, form).await
}

/// Back to the page of a form that failed, which shows what is kept of it.
pub async fn back_to_form(state: &AppState, headers: &HeaderMap, page: &Uri, form: KeptForm) -> Response {
    let token = cookie(headers, COOKIE).unwrap_or_else(|| random_token().0);
    let kept = match state.pool.acquire().await {
        Ok(mut connection) => {
            kept_form::keep(&mut connection, &state.config.keys, &token, form, state.clock.now()).await
        }
        Err(error) => Err(error.into()),
    };
    if let Err(error) = kept {
        return answer(&error);
    }
    see_other(&page.to_string(), &[cookie_to_set(&state.config, COOKIE, &token, 600)])
}

/// A form without JavaScript that succeeded: on to where the function leads, or back to its page.
async fn go_on(state: &AppState, headers: &HeaderMap, response: Response) -> Response {
    forget_form(state, headers).await;
    let page = page_of(headers).map(|page| page.to_string());
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned).or(page);
    let mut onward = see_other(to.as_deref().unwrap_or("/"), &[]);
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        onward.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    onward
}

/// Forgets what was kept of a form that failed before.
pub async fn forget_form(state: &AppState, headers: &HeaderMap) {
    if let Some(token) = cookie(headers, COOKIE)
        && let Ok(mut connection) = state.pool.acquire().await
        && let Err(error) = kept_form::forget(&mut connection, &token).await
    {
        tracing::warn!(error.kind = "kept_form", error.cause = %error);
    }
}

/// The fields of an urlencoded body.
fn fields(body: &Bytes) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}
