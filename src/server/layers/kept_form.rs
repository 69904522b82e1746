//! Hands a page the form that was kept for it, if its visitor carries the cookie of one.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::server::config::Config;
use crate::server::kept_form;
use crate::server::state::AppState;

/// Name of the cookie.
pub const COOKIE: &str = "kept";

pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if request.method() == Method::GET
        && let Some(token) = cookie(request.headers(), COOKIE)
        && let Ok(mut connection) = state.pool.acquire().await
        && let Ok(Some(form)) =
            kept_form::kept(&mut connection, &state.config.keys, &token, request.uri().path(), state.clock.now()).await
    {
        request.extensions_mut().insert(form);
    }
    next.run(request).await
}

/// The value of a cookie in a request.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|one| one.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// A cookie as an answer sets it, for the whole site and out of reach of scripts; of no seconds, it is cleared. Lax, since
/// people come by links: from messages, and from the national single sign-on.
pub fn cookie_to_set(config: &Config, name: &str, value: &str, seconds: i64) -> String {
    let secure = if config.is_https() { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}
