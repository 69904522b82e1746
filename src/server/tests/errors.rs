//! What goes wrong inside is told by a code and a reference; its text stays in the log.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::get;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};
use leptos_router::components::{FlatRoutes, Route, Router as PageRouter};
use leptos_router::{SsrMode, path};
use tower::ServiceExt;

use super::probes::CANARY;
use super::{form, read};
use crate::cli::within_layers;
use crate::error::AppError;
use crate::testing::TestApp;

#[tokio::test]
async fn a_database_errors_text_reaches_no_answer() {
    let app = TestApp::start().await;
    let (status, _, body) = read(app.send(form("/api/test/asks_wrongly", "")).await).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    let error: AppError = serde_json::from_str(&body).unwrap();
    assert!(matches!(&error, AppError::Internal { reference } if reference.len() == 8), "{body}");
    for word in ["canary", "relation", "SELECT", "sqlx", "does not exist"] {
        assert!(!body.contains(word), "{body}");
    }
}

#[tokio::test]
async fn without_javascript_no_error_travels_in_the_address() {
    let app = TestApp::start().await;
    let mut request = form("/api/test/asks_wrongly", "");
    request.headers_mut().insert(header::ACCEPT, "text/html".parse().unwrap());
    request.headers_mut().insert(header::REFERER, "http://localhost:3000/help?a=b".parse().unwrap());
    let (status, headers, body) = read(app.send(request).await).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers[header::LOCATION], "/help?a=b");
    assert!(body.is_empty());
}

#[tokio::test]
async fn a_panic_in_a_server_function_is_a_plain_500() {
    let app = TestApp::start().await;
    let (status, _, body) = read(app.send(form("/api/test/panics", "")).await).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(matches!(serde_json::from_str(&body), Ok(AppError::Internal { .. })), "{body}");
    assert!(!body.contains(CANARY));
    assert_eq!(app.get("/healthz", None).await.0, StatusCode::OK);
}

async fn broken() -> &'static str {
    panic!("{CANARY}")
}

#[tokio::test]
async fn a_panic_in_a_handler_is_a_plain_500() {
    let app = TestApp::start().await;
    let portal = within_layers(Router::new().route("/broken", get(broken)), app.state.clone(), Duration::from_secs(5));
    let response = portal.oneshot(Request::get("/broken").body(Body::empty()).unwrap()).await.unwrap();
    let (status, headers, body) = read(response).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert!(!body.contains(CANARY));
}

/// What a page shows that fails on the way to it.
fn shown() -> String {
    panic!("{CANARY}")
}

/// Pages that panic, at once and while they wait for data.
#[component]
fn Panicking() -> impl IntoView {
    view! {
        <PageRouter>
            <FlatRoutes fallback=|| ()>
                <Route path=path!("/at-once") view=AtOnce ssr=SsrMode::Async/>
                <Route path=path!("/later") view=Later ssr=SsrMode::Async/>
            </FlatRoutes>
        </PageRouter>
    }
}

#[component]
fn AtOnce() -> impl IntoView {
    shown()
}

#[component]
fn Later() -> impl IntoView {
    let data = Resource::new(
        || (),
        |()| async {
            tokio::task::yield_now().await;
            shown()
        },
    );
    view! { <Suspense>{move || Suspend::new(async move { data.await })}</Suspense> }
}

#[tokio::test]
async fn a_page_that_panics_neither_hangs_nor_tells_why() {
    let app = TestApp::start().await;
    let pages = Router::new()
        .leptos_routes(&app.state, generate_route_list(Panicking), Panicking)
        .with_state(app.state.clone());
    let portal = within_layers(pages, app.state.clone(), Duration::from_millis(500));
    for path in ["/at-once", "/later"] {
        let asked = portal.clone().oneshot(Request::get(path).body(Body::empty()).unwrap());
        let answer = async { read(asked.await.unwrap()).await };
        let (status, _, body) =
            tokio::time::timeout(Duration::from_secs(5), answer).await.unwrap_or_else(|_| panic!("{path} hangs"));
        assert!(status.is_server_error(), "{path}: {status}");
        assert!(!body.contains(CANARY), "{path}: {body}");
    }
    let alive = app.get("/healthz", None).await.0;
    assert_eq!(alive, StatusCode::OK);
}
