//! Pairs of records, followed to their end in both orders.

use axum::http::StatusCode;
use time::Duration;

use super::desk::dismiss;
use super::{administrator, pair_of};
use crate::testing::{List, TestApp};

#[tokio::test]
async fn pairs_that_wait_and_pairs_that_are_settled_are_each_there_once() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let one = app.verified_person().await;
    let found = async || {
        let other = app.verified_person().await;
        pair_of(&app, one, other).await
    };
    let settled = async || {
        let pair = found().await;
        assert_eq!(dismiss(&app, &cookie, pair, "both_came").await.0, StatusCode::OK);
    };
    for _ in 0..25 {
        found().await;
        settled().await;
    }
    let later = || app.clock.advance(Duration::seconds(1));
    let names = ("pairs", "pair");
    let stored = "SELECT id::text FROM likely_pairs WHERE state = 'waiting' ORDER BY found_at, id";
    let list = List { app: &app, path: "/api/merging/pairs?", cookie: Some(&cookie), names, stored };
    list.gives_each_row_once(async || {
        later();
        found().await;
    })
    .await;
    let stored = "SELECT id::text FROM likely_pairs WHERE state = 'dismissed' ORDER BY settled_at, id";
    let path = "/api/merging/pairs?standing=dismissed&";
    let list = List { app: &app, path, cookie: Some(&cookie), names, stored };
    list.gives_each_row_once(async || {
        later();
        settled().await;
    })
    .await;
    let (_, page) = app.get("/admin/duplicates?standing=merged", Some(&cookie)).await;
    assert!(page.contains("الاختيار: ") && page.contains("href=\"/admin/duplicates\""), "{page}");
}
