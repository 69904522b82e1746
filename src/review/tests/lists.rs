//! One's own decisions, followed to their end in both orders.

use time::Duration;

use super::{decide, rejection, take, undo, waiting};
use crate::access::Role;
use crate::testing::{List, TestApp};

#[tokio::test]
async fn ones_own_decisions_are_each_there_once() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    let (_, number) = waiting(&app).await;
    take(&app, reviewer).await;
    // One request, decided and undone again and again.
    let again = async || {
        let decision = decide(&app, reviewer, &number, &rejection()).await.unwrap();
        undo(&app, reviewer, decision).await.unwrap();
    };
    for _ in 0..25 {
        again().await;
    }
    let stored = "SELECT id::text FROM decisions ORDER BY decided_at, id";
    for path in ["/api/review/decisions?", "/api/review/decisions?outcome=rejected&"] {
        let list = List { app: &app, path, cookie: Some(&cookie), names: ("decisions", "id"), stored };
        list.gives_each_row_once(async || {
            app.clock.advance(Duration::seconds(1));
            again().await;
        })
        .await;
    }
    let (_, page) = app.get("/review/decisions?outcome=returned&order=earliest", Some(&cookie)).await;
    assert!(page.contains("الاختيار: ") && page.contains("href=\"/review/decisions?order=earliest\""), "{page}");
}
