//! The router: pages, server functions, static files, probes, and the layers around them.

use std::sync::LazyLock;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use leptos::prelude::provide_context;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list_with_exclusions};
use metrics_exporter_prometheus::PrometheusHandle;
use tower_governor::GovernorLayer;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::access::Actor;
use crate::accounts;
use crate::app::{App, locale, shell::shell};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::server::database::internal;
use crate::server::layers::{
    client_address, headers, kept_form, log, plain_page, rate_limit, server_functions, static_files,
};
use crate::server::state::AppState;
use crate::verification::stencil;

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(25);

/// The paths of the pages. Found once a process: while leptos looks for them, no resource of any page loads in the whole
/// process, and a page that waits for one would wait for ever.
static PATHS: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
    // Left to itself, leptos routes each server function past the layers around them.
    let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    generate_route_list_with_exclusions(App, Some(functions))
});

/// The paths of all pages, as the router has them.
#[cfg(test)]
pub fn page_paths() -> impl Iterator<Item = &'static str> {
    PATHS.iter().map(AxumRouteListing::path)
}

/// The whole portal.
pub fn router(state: AppState) -> Router {
    let context = {
        let state = state.clone();
        move || provide_context(state.clone())
    };
    let functions = {
        let context = context.clone();
        move |request: axum::extract::Request| {
            let context = context.clone();
            async move { leptos_axum::handle_server_fns_with_context(context, request).await }
        }
    };
    let sign_in = from_fn_with_state(state.clone(), accounts::session::layer);
    let with_state = |router: Router<AppState>| router.with_state(state.clone());

    let functions = Router::new()
        .route("/api/{*path}", get(functions.clone()).post(functions))
        .layer(from_fn_with_state(state.clone(), server_functions::layer))
        .layer(sign_in.clone());
    let stencils = stencil::Stencils::new(state.clone());
    let around_pages = |pages: Router<AppState>| {
        pages
            .layer(from_fn_with_state(stencils.clone(), stencil::layer))
            .layer(from_fn_with_state(state.clone(), kept_form::layer))
            .layer(sign_in.clone())
            .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
    };
    let options = (*state.leptos).clone();
    let document = move || shell(options.clone());
    let routes = Router::new().leptos_routes_with_context(&state, PATHS.clone(), context.clone(), document.clone());
    let routes = routes.layer(from_fn_with_state(state.clone(), crate::documents::files::beside_pages));
    let pages = around_pages(routes);
    // Where there is neither page nor file, the application's own router finds nothing either, and says so.
    let missing = Router::new().fallback(leptos_axum::render_app_async_with_context(context, document));
    let missing = with_state(around_pages(missing).layer(from_fn(plain_page::bare_for_scripts)));
    let site = state.leptos.site_root.to_string();
    let packages = Router::new()
        .nest_service("/pkg", static_files::folder(&format!("{site}/pkg")))
        .layer(from_fn(static_files::immutable));
    let worker = Router::new()
        .route_service("/sw.js", static_files::file(&format!("{site}/sw.js")))
        .layer(from_fn(static_files::worker));
    let files = Router::new()
        .fallback_service(static_files::folder(&site).fallback(missing))
        .layer(from_fn(static_files::short_lived));

    let files_of_training = crate::programmes::files::routes().layer(sign_in.clone());
    let downloads = crate::administration::downloads::routes().layer(sign_in.clone());
    let documents = crate::documents::files::routes().layer(sign_in.clone());
    let credentials = crate::credentials::files::routes().layer(sign_in.clone());
    let mut portal = with_state(functions)
        .merge(with_state(pages))
        .merge(with_state(packages))
        .merge(with_state(worker))
        .merge(with_state(files_of_training))
        .merge(with_state(downloads))
        .merge(with_state(crate::signing::routes()))
        .merge(with_state(crate::history::routes()))
        .merge(with_state(crate::public_api::routes()))
        .merge(with_state(crate::receipts::routes()))
        .merge(with_state(crate::bulk::files::routes()))
        .merge(with_state(documents))
        .merge(with_state(credentials))
        .merge(with_state(
            Router::new()
                .route("/language", post(choose_language).layer(sign_in.clone()))
                .route("/healthz", get(|| async { "ok" }))
                .route("/readyz", get(ready)),
        ));
    if let Some(configured) = state.config.single_sign_on.clone() {
        portal = portal.merge(with_state(accounts::single_sign_on::routes(configured).layer(sign_in.clone())));
    }
    if state.config.is_development() {
        portal = portal.merge(with_state(crate::messages::dev_inbox::routes()));
    }
    within_layers(portal.fallback_service(with_state(files)), state, TIMEOUT)
}

/// What stands around every request. An answer may take `timeout`.
pub fn within_layers(mut portal: Router, state: AppState, timeout: Duration) -> Router {
    // The origin that people see, in case a proxy changes the host.
    let cross_site = CsrfLayer::new().add_trusted_origin(&state.config.origin).unwrap_or_else(|_| CsrfLayer::new());
    if let Some(limits) = rate_limit::config() {
        portal = portal.layer(GovernorLayer::new(limits));
    }
    portal
        .layer(cross_site)
        .layer(from_fn_with_state(state.clone(), client_address::layer))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, timeout))
        .layer(CatchPanicLayer::custom(|_| server_functions::answer(&internal(&"a panic"))))
        .layer(from_fn(crate::public_api::problems))
        .layer(from_fn(plain_page::layer))
        .layer(from_fn_with_state(state, headers::layer))
        .layer(from_fn(log::layer))
}

/// Metrics, on an address of their own.
pub fn metrics(handle: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(move || async move { handle.render() }))
}

/// Whether the database answers: 503 while it is away.
async fn ready(State(state): State<AppState>) -> Response {
    let asked = tokio::time::timeout(Duration::from_secs(3), crate::server::database::ping(&state.pool)).await;
    match asked {
        Ok(Ok(())) => "ready".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database is away").into_response(),
    }
}

/// Keeps the choice of language in a cookie and goes back to the page it was made on. Who is signed in is written to in
/// it from now on.
async fn choose_language(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    request: HeaderMap,
    body: String,
) -> Response {
    let chosen = locale::chosen(&body);
    if let Some(Extension(actor)) = actor
        && let Err(error) = keep_language(&state, actor.person, chosen).await
    {
        tracing::warn!(error.kind = "language", error.cause = %error);
    }
    let secure = if state.config.is_https() { "; Secure" } else { "" };
    let cookie = format!("{}={chosen}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", locale::COOKIE);
    let page = server_functions::page_of(&request).map_or_else(|| "/".to_owned(), |page| page.to_string());
    let mut response = StatusCode::SEE_OTHER.into_response();
    for (name, value) in [(header::SET_COOKIE, cookie), (header::LOCATION, page)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

async fn keep_language(state: &AppState, person: uuid::Uuid, chosen: Locale) -> Result<(), AppError> {
    crate::messages::store::keep_language(&mut *state.pool.acquire().await?, person, chosen).await
}
