//! The sign-in cookie: read once a request, set and cleared by what signs in and out.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::store::sessions;
use crate::access::Role;
use crate::error::AppError;
use crate::server::config::Config;
use crate::server::layers::kept_form::{cookie, cookie_to_set};
use crate::server::layers::server_functions::answer;
use crate::server::state::AppState;

/// `__Host-` binds the cookie to this host over https; plain http, which is development only, has no such prefix.
fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-session" } else { "session" }
}

/// Notes who a request's cookie signs in. A visitor without one costs no query.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if let Some(token) = cookie(request.headers(), cookie_name(&state.config)) {
        match actor(&state, &token).await {
            Ok(Some(actor)) => {
                request.extensions_mut().insert(actor);
            }
            Ok(None) => {}
            // Not to be taken for signed out: the answer would be wrong.
            Err(error) => return answer(&error).into_response(),
        }
    }
    next.run(request).await
}

async fn actor(state: &AppState, token: &str) -> Result<Option<crate::access::Actor>, AppError> {
    let mut connection = state.pool.acquire().await?;
    sessions::actor(&mut connection, token, state.clock.now()).await
}

/// The cookie of a session, as the answer of a plain route sets it.
pub fn cookie_of(config: &Config, token: &str) -> String {
    cookie_for(config, token, sessions::ABSOLUTE.whole_seconds())
}

/// Sets the cookie on the answer of the server function that runs.
pub fn set_cookie(config: &Config, token: &str) {
    append(&cookie_of(config, token));
}

/// Clears the cookie on the answer of the server function that runs.
pub fn clear_cookie(config: &Config) {
    append(&cookie_for(config, "", 0));
}

fn cookie_for(config: &Config, token: &str, max_age: i64) -> String {
    cookie_to_set(config, cookie_name(config), token, max_age)
}

fn append(cookie: &str) {
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// Where a sign-in leads: staff have their second factor before them, whichever way they came.
pub fn landing(roles: &[Role]) -> &'static str {
    if roles.is_empty() { "/account" } else { "/account/second-factor" }
}
