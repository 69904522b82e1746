//! The national single sign-on (النفاذ الوطني الموحد): the portal as a relying party of `OpenID` Connect. It knows people
//! by their verified ID number, and verifies the number of who is signed in with a code. It opens no account: an account
//! needs a mobile.
//!
//! Plain routes, since a browser goes from them to the provider and comes back to them by links alone. They exist only
//! where a provider is configured.

mod claims;
mod http;
mod provider;
mod settling;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use serde::Deserialize;

use self::provider::Provider;
use self::settling::{Settled, settle};
use super::model::NationalTurn;
use super::session;
use super::store::{limits, single_sign_on as store};
use crate::access::{Actor, ClientAddress};
use crate::app::request::locale_of;
use crate::error::AppError;
use crate::server::config::{CALLBACK, Config, SingleSignOn};
use crate::server::layers::kept_form::{cookie, cookie_to_set};
use crate::server::layers::server_functions::{answer, see_other};
use crate::server::state::AppState;

/// The routes, within the layer that reads the sign-in cookie.
pub fn routes(configured: SingleSignOn) -> Router<AppState> {
    Router::new()
        .route("/sign-in/national", get(start))
        .route(CALLBACK, get(come_back))
        .layer(Extension(Arc::new(Provider::new(configured))))
}

/// `__Host-` keeps other hosts below the same domain from setting it.
fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-national" } else { "national" }
}

/// The cookie that binds a turn to its browser.
fn turn_cookie(config: &Config, token: &str, max_age: i64) -> String {
    cookie_to_set(config, cookie_name(config), token, max_age)
}

/// Begins a turn: on to the provider.
async fn start(
    State(state): State<AppState>,
    Extension(provider): Extension<Arc<Provider>>,
    Extension(address): Extension<ClientAddress>,
    actor: Option<Extension<Actor>>,
    headers: HeaderMap,
) -> Response {
    // Another site must not send people through it without their asking.
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return see_other("/sign-in", &[]);
    }
    let (keys, now) = (&state.config.keys, state.clock.now());
    let begun = async {
        let mut connection = state.pool.acquire().await?;
        limits::count_single_sign_on(&mut connection, keys, address.0, now).await?;
        store::begin(&mut connection, keys, now).await
    };
    let begun = match begun.await {
        Ok(begun) => begun,
        Err(error) => return answer(&error),
    };
    let cookie = turn_cookie(&state.config, &begun.browser, store::LIFETIME.whole_seconds());
    match provider.address(begun, now).await {
        Ok(address) => see_other(&address, &[cookie]),
        Err(turn) => see_other(&page_of(turn, actor.is_some()), &[]),
    }
}

/// What the provider sends a browser back with (RFC 6749 section 4.1.2, RFC 9207).
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Ends a turn: who came back is signed in, verified, or told why not.
async fn come_back(
    State(state): State<AppState>,
    Extension(provider): Extension<Arc<Provider>>,
    actor: Option<Extension<Actor>>,
    Query(answered): Query<Answer>,
    headers: HeaderMap,
) -> Response {
    let actor = actor.map(|Extension(actor)| actor);
    let browser = cookie(&headers, cookie_name(&state.config)).unwrap_or_default();
    let spent = turn_cookie(&state.config, "", 0);
    let settled = async {
        let id = match identified(&state, &provider, &browser, answered).await? {
            Ok(id) => id,
            Err(turn) => return Ok(Settled::Told(turn)),
        };
        settle(&state, actor.as_ref(), &id, locale_of(&headers)).await
    };
    match settled.await {
        Ok(Settled::SignedIn { token, to }) => see_other(to, &[spent, session::cookie_of(&state.config, &token)]),
        Ok(Settled::Told(turn)) => see_other(&page_of(turn, actor.is_some()), &[spent]),
        Err(error) => answer(&error),
    }
}

/// The ID number that the provider answers for, or how the turn ended without one.
async fn identified(
    state: &AppState,
    provider: &Provider,
    browser: &str,
    answered: Answer,
) -> Result<Result<super::model::NationalId, NationalTurn>, AppError> {
    let now = state.clock.now();
    let turn = {
        let mut connection = state.pool.acquire().await?;
        store::take(&mut connection, &state.config.keys, &answered.state, browser, now).await?
    };
    let Some(turn) = turn else { return Ok(Err(NationalTurn::Spent)) };
    if answered.iss.is_some_and(|named| !provider.is_issuer(&named)) {
        return Ok(Err(NationalTurn::Failed));
    }
    Ok(match (answered.code, answered.error.as_deref()) {
        (Some(code), None) => provider.identify(code, turn, now).await,
        (_, Some("access_denied")) => Err(NationalTurn::Denied),
        (_, Some("server_error" | "temporarily_unavailable")) => Err(NationalTurn::Away),
        _ => Err(NationalTurn::Failed),
    })
}

/// The page that tells how a turn ended: one's own where one is signed in.
fn page_of(turn: NationalTurn, signed_in: bool) -> String {
    let page = if signed_in { "/account" } else { "/sign-in" };
    format!("{page}?national={}", turn.code())
}
