//! Pages as a whole, whatever they show.

use std::time::Duration;

use axum::http::StatusCode;

use crate::testing::TestApp;

/// Leptos holds back every resource of the process while it looks for the paths of the pages.
#[tokio::test]
async fn pages_load_while_another_portal_is_set_up() {
    let app = TestApp::start().await;
    let state = app.state.clone();
    let setting_up = std::thread::spawn(move || {
        for _ in 0..20 {
            drop(crate::cli::router(state.clone()));
        }
    });
    for _ in 0..20 {
        let page = tokio::time::timeout(Duration::from_secs(20), app.get("/", None)).await;
        assert_eq!(page.expect("the page came").0, StatusCode::OK);
    }
    setting_up.join().unwrap();
}
