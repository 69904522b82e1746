//! What waits for a second officer, followed to its end in both orders.

use time::Duration;

use super::{holder, officers, propose};
use crate::oversight::model::Act;
use crate::testing::{List, TestApp};

#[tokio::test]
async fn what_waits_for_a_second_officer_is_each_there_once() {
    let app = TestApp::start().await;
    let [first, second] = officers(&app).await;
    let cookie = app.sign_in(second).await;
    let another = async || {
        let (_, number) = holder(&app).await;
        propose(&app, first, &number, Act::Revoke).await.unwrap();
    };
    for _ in 0..21 {
        another().await;
    }
    let stored = "SELECT id::text FROM licence_proposals ORDER BY proposed_at, id";
    for path in ["/api/oversight/proposals?", "/api/oversight/proposals?act=revoke&"] {
        let list = List { app: &app, path, cookie: Some(&cookie), names: ("proposals", "id"), stored };
        list.gives_each_row_once(async || {
            app.clock.advance(Duration::seconds(1));
            another().await;
        })
        .await;
    }
    let (_, page) = app.get("/oversight?act=restore", Some(&cookie)).await;
    assert!(page.contains("الاختيار: مقترح إعادة سريان"), "{page}");
    // An act that nobody proposes is none.
    let (_, page) = app.get("/oversight?act=suspend", Some(&cookie)).await;
    assert!(page.contains("rel=\"next\""), "{page}");
}
