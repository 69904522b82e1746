//! The desk: listed, opened, dismissed, merged, and what its pages say.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{administrator, holder, merge, merged_into, pair_of, refused, two};
use crate::testing::TestApp;

pub(super) async fn dismiss(app: &TestApp, cookie: &str, pair: Uuid, why: &str) -> (StatusCode, serde_json::Value) {
    app.post("merging/dismiss", Some(cookie), &[("pair", &pair.to_string()), ("difference", why)]).await
}

#[tokio::test]
async fn a_pair_goes_from_waiting_to_settled() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let list = async |standing: &str| {
        let (status, page) = app.get(&format!("/admin/duplicates{standing}"), Some(&cookie)).await;
        assert_eq!(status, StatusCode::OK);
        page
    };
    assert!(list("").await.contains("لا سجلّات تنتظر النظر"));
    let [gone, kept] = two(&app).await;
    let [one, other] = two(&app).await;
    let (to_merge, to_dismiss) = (pair_of(&app, gone, kept).await, pair_of(&app, one, other).await);
    for pair in [to_merge, to_dismiss] {
        assert!(list("").await.contains(&pair.to_string()));
    }
    assert_eq!(dismiss(&app, &cookie, to_dismiss, "documents_differ").await.0, StatusCode::OK);
    assert_eq!(dismiss(&app, &cookie, to_dismiss, "both_came").await, refused("NoLongerPossible"));
    assert_eq!(merge(&app, &cookie, to_dismiss, one).await, refused("NoLongerPossible"));
    assert_eq!(merge(&app, &cookie, to_merge, kept).await.0, StatusCode::OK);
    assert_eq!(merge(&app, &cookie, to_merge, kept).await, refused("NoLongerPossible"));
    assert_eq!(dismiss(&app, &cookie, to_merge, "both_came").await, refused("NoLongerPossible"));
    let waiting = list("").await;
    assert!(!waiting.contains(&to_merge.to_string()) && !waiting.contains(&to_dismiss.to_string()), "{waiting}");
    assert!(list("?standing=merged").await.contains(&to_merge.to_string()));
    assert!(list("?standing=dismissed").await.contains(&to_dismiss.to_string()));
    let page = app.get(&format!("/admin/duplicates/{to_merge}"), Some(&cookie)).await.1;
    assert!(page.contains("دُمج السجلّان في") && !page.contains("name=\"keep\""), "{page}");
}

#[tokio::test]
async fn both_see_that_they_were_compared() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let [one, other] = two(&app).await;
    let pair = pair_of(&app, one, other).await;
    let (status, page) = app.get(&format!("/admin/duplicates/{pair}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("name=\"keep\"") && page.contains("•••••••"), "{page}");
    for person in [one, other] {
        let theirs = app.sign_in(person).await;
        let log = app.get("/account/access-log", Some(&theirs)).await.1;
        assert!(log.contains("قارن سجلّك بسجلّ آخر"), "{log}");
    }
}

#[tokio::test]
async fn nobody_opens_or_settles_a_pair_of_their_own() {
    let app = TestApp::start().await;
    let (own, cookie) = administrator(&app).await;
    let other = app.verified_person().await;
    let pair = pair_of(&app, own, other).await;
    assert_eq!(app.get(&format!("/api/merging/pair?pair={pair}"), Some(&cookie)).await.0, StatusCode::FORBIDDEN);
    assert_eq!(merge(&app, &cookie, pair, own).await, refused("TiedToPerson"));
    assert_eq!(dismiss(&app, &cookie, pair, "both_came").await, refused("TiedToPerson"));
    assert_eq!(merged_into(&app, other).await, None);
}

#[tokio::test]
async fn a_merge_asks_for_the_second_factor_anew() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let [gone, kept] = two(&app).await;
    let pair = pair_of(&app, gone, kept).await;
    app.clock.advance(Duration::minutes(11));
    assert_ne!(merge(&app, &cookie, pair, kept).await.0, StatusCode::OK);
    assert_eq!(merged_into(&app, gone).await, None);
    assert_eq!(dismiss(&app, &cookie, pair, "both_came").await.0, StatusCode::OK);
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let [one, other] = two(&app).await;
    let pair = pair_of(&app, one, other).await;
    let (status, body) = app.post("merging/merge", Some(&cookie), &[("pair", &pair.to_string())]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<&str> =
        body["Invalid"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["keep", "sameness", "understood"]);
    let (status, body) = dismiss(&app, &cookie, pair, "whatever").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["Invalid"][0], json!({ "field": "difference", "problem": "ChoiceUnknown" }));
    // Somebody who is none of the two, and no such pair.
    assert_eq!(merge(&app, &cookie, pair, app.person().await).await.0, StatusCode::NOT_FOUND);
    assert_eq!(merge(&app, &cookie, Uuid::new_v4(), one).await.0, StatusCode::NOT_FOUND);
    assert_eq!(app.get(&format!("/admin/duplicates/{}", Uuid::new_v4()), Some(&cookie)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/admin/duplicates/x", Some(&cookie)).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_in_the_way_is_said_in_words() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (one, other) = (holder(&app).await, holder(&app).await);
    let pair = pair_of(&app, one, other).await;
    let page = app.get(&format!("/admin/duplicates/{pair}"), Some(&cookie)).await.1;
    assert!(page.contains("رخصتان قائمتان من نوع واحد") && !page.contains("name=\"keep\""), "{page}");
    assert_eq!(merge(&app, &cookie, pair, one).await, refused("NoLongerPossible"));
}

#[tokio::test]
async fn a_long_list_goes_on_from_page_to_page() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let one = app.verified_person().await;
    for _ in 0..45 {
        // All in one instant: the place in the list must not skip those that share it.
        pair_of(&app, one, app.person().await).await;
    }
    let (mut seen, mut after) = (std::collections::BTreeSet::new(), String::new());
    for expected in [20, 20, 5] {
        let body = app.get(&format!("/api/merging/pairs?after={after}"), Some(&cookie)).await.1;
        let page: crate::merging::model::PairsPage = serde_json::from_str(&body).unwrap();
        assert_eq!(page.pairs.len(), expected);
        seen.extend(page.pairs.iter().map(|line| line.pair));
        after = page.next.unwrap_or_default();
    }
    assert_eq!((seen.len(), after.as_str()), (45, ""));
}
