//! Printing beside the requests: setting a document is work for a core, not for the runtime that answers everybody.

use std::sync::LazyLock;
use std::thread::available_parallelism;

use serde::Serialize;
use tokio::sync::Semaphore;

use super::typesetting::{Template, print};
use crate::error::AppError;
use crate::server::database::internal;

/// Documents set at once: one a core. Whoever comes further waits, as long as any answer may take.
static PRESSES: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, usize::from)));

/// Prints on a thread of its own; see [`print`].
///
/// # Errors
/// When the template has a mistake.
pub async fn printed(
    template: Template,
    contents: impl Serialize + Send + 'static,
    name: String,
) -> Result<Vec<u8>, AppError> {
    let press = PRESSES.acquire().await.map_err(|error| internal(&error))?;
    let printing = tokio::task::spawn_blocking(move || {
        // Held until the work is done, which goes on when whoever asked hangs up.
        let _press = press;
        print(template, &contents, &name)
    });
    printing.await.map_err(|error| internal(&error))?.map_err(|error| internal(&error))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::Router;
    use axum::body::Body;
    use axum::http::{Request, StatusCode, header};
    use axum::routing::get;
    use tokio::sync::SemaphorePermit;
    use tower::ServiceExt;

    use super::*;
    use crate::cli::within_layers;
    use crate::documents::tests::a_certificate;
    use crate::testing::TestApp;

    async fn all_presses() -> SemaphorePermit<'static> {
        let cores = u32::try_from(available_parallelism().unwrap().get()).unwrap();
        PRESSES.acquire_many(cores).await.unwrap()
    }

    fn printing() -> impl Future<Output = Result<Vec<u8>, AppError>> {
        printed(Template::Certificate, a_certificate(), "a paper".to_owned())
    }

    #[tokio::test]
    async fn others_are_answered_while_a_paper_is_printed() {
        let mut printing = std::pin::pin!(printing());
        let mut turns = 0_u64;
        let paper = loop {
            tokio::select! {
                biased;
                paper = &mut printing => break paper,
                () = tokio::task::yield_now() => turns += 1,
            }
        };
        assert!(paper.unwrap().starts_with(b"%PDF"));
        assert!(turns > 0, "the runtime stood still");
    }

    #[tokio::test]
    async fn no_more_are_printed_at_once_than_there_are_cores() {
        let busy = all_presses().await;
        assert_eq!(PRESSES.available_permits(), 0);
        let mut waiting = std::pin::pin!(printing());
        for _ in 0..1000 {
            tokio::select! {
                biased;
                _ = &mut waiting => panic!("it did not wait"),
                () = tokio::task::yield_now() => {}
            }
        }
        drop(busy);
        assert!(waiting.await.unwrap().starts_with(b"%PDF"));
    }

    #[tokio::test]
    async fn whoever_waits_too_long_is_told_that_it_cannot_be_done_now() {
        let app = TestApp::start().await;
        let routes = Router::new().route("/paper", get(|| async { printing().await.unwrap() }));
        let portal = within_layers(routes, app.state.clone(), Duration::from_millis(100));
        let request = || Request::get("/paper").header(header::HOST, "localhost:3000").body(Body::empty()).unwrap();
        let busy = all_presses().await;
        assert_eq!(portal.clone().oneshot(request()).await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
        drop(busy);
    }
}
