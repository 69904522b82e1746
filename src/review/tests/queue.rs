//! Which request comes to whom.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;

use super::{approve, take, waiting};
use crate::access::Role;
use crate::error::Problem;
use crate::licences::tests::together;
use crate::testing::{TestApp, scale};

#[tokio::test]
async fn the_oldest_request_comes_first_and_one_at_a_time() {
    let app = TestApp::start().await;
    let (_, first) = waiting(&app).await;
    let (_, second) = waiting(&app).await;
    let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    assert_eq!(take(&app, one).await, Some(first.clone()));
    assert_eq!(take(&app, one).await, Some(first), "who holds one gets no second");
    assert_eq!(take(&app, two).await, Some(second));
    let three = app.staff(Role::Reviewer).await;
    assert_eq!(take(&app, three).await, None);
}

#[tokio::test]
async fn reviewers_at_once_never_get_the_same_request() {
    let app = TestApp::start().await;
    let size = scale(5, 20);
    let mut reviewers = Vec::new();
    for _ in 0..size {
        waiting(&app).await;
        reviewers.push(app.staff(Role::Reviewer).await);
    }
    // Each twice, as from two tabs.
    let taken = together(reviewers.iter().chain(&reviewers).map(|reviewer| take(&app, *reviewer))).await;
    let mut numbers: Vec<String> = taken[..size].iter().flatten().cloned().collect();
    for (once, again) in taken[..size].iter().zip(&taken[size..]) {
        assert_eq!(once, again);
    }
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), size);
}

#[tokio::test]
async fn an_idle_claim_goes_back_to_the_queue() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    take(&app, one).await;
    app.clock.advance(Duration::minutes(29));
    assert_eq!(take(&app, two).await, None);
    app.clock.advance(Duration::minutes(2));
    assert_eq!(take(&app, two).await, Some(number.clone()));
    assert_eq!(approve(&app, one, &number).await, Problem::RequestTakenBack.refused());
    assert!(approve(&app, two, &number).await.is_ok());
}

#[tokio::test]
async fn only_who_holds_a_request_sees_lets_go_and_approves_it() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    take(&app, one).await;
    let (one, two) = (app.sign_in(one).await, app.sign_in(two).await);
    let page = format!("/api/review/request?number={number}");
    assert_eq!(app.get(&page, Some(&one)).await.0, StatusCode::OK);
    assert_eq!(app.get(&page, Some(&two)).await.0, StatusCode::CONFLICT);
    let fields = [("number", number.as_str())];
    for endpoint in ["review/let_go", "review/approve"] {
        let answer = app.post(endpoint, Some(&two), &fields).await;
        assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "RequestTakenBack" })), "{endpoint}");
        let unknown = app.post(endpoint, Some(&one), &[("number", "0000000000")]).await;
        assert_eq!(unknown.0, StatusCode::CONFLICT, "{endpoint}");
    }
    assert_eq!(app.post("review/let_go", Some(&one), &fields).await.0, StatusCode::OK);
    assert_eq!(app.post("review/let_go", Some(&one), &fields).await.0, StatusCode::CONFLICT, "let go once");
    assert_eq!(app.get(&page, Some(&one)).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_desk_is_for_reviewers() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let trainer = app.sign_in(trainer).await;
    for endpoint in ["review/take_next", "review/let_go", "review/approve"] {
        let fields = [("number", "0000000000")];
        assert_eq!(app.post(endpoint, None, &fields).await.0, StatusCode::UNAUTHORIZED, "{endpoint}");
        assert_eq!(app.post(endpoint, Some(&trainer), &fields).await.0, StatusCode::FORBIDDEN, "{endpoint}");
    }
}

#[tokio::test]
async fn approving_leads_to_the_next_request() {
    let app = TestApp::start().await;
    let (_, first) = waiting(&app).await;
    let (_, second) = waiting(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    let (status, _) = app.post("review/approve", Some(&cookie), &[("number", &first)]).await;
    assert_eq!(status, StatusCode::OK);
    let (status, page) = app.get(&format!("/review/{second}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Mohammed Alqahtani"));
}
