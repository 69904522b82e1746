//! Which request comes to whom.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;

use super::{approve, decide, rejection, take, take_from, waiting};
use crate::access::Role;
use crate::error::Problem;
use crate::licences::tests::{count, together};
use crate::review::effect;
use crate::review::model::{EFFECT_AFTER, Pool};
use crate::review::store::{self, Verdict};
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
    for endpoint in ["review/let_go", "review/approve", "review/reject", "review/return_request"] {
        let fields = [
            ("number", number.as_str()),
            ("reason", "other"),
            ("text", "سبب"),
            ("fields[]", "place"),
            ("reasons[place]", "outdated"),
        ];
        let answer = app.post(endpoint, Some(&two), &fields).await;
        assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "RequestTakenBack" })), "{endpoint}");
        let unknown = app.post(endpoint, Some(&one), &[&[("number", "0000000000")], &fields[1..]].concat()).await;
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
    for endpoint in
        ["review/take_next", "review/let_go", "review/approve", "review/reject", "review/return_request", "review/undo"]
    {
        let fields = [("number", "0000000000"), ("decision", "0")];
        assert_eq!(app.post(endpoint, None, &fields).await.0, StatusCode::UNAUTHORIZED, "{endpoint}");
        assert_eq!(app.post(endpoint, Some(&trainer), &fields).await.0, StatusCode::FORBIDDEN, "{endpoint}");
    }
}

#[tokio::test]
async fn a_decision_leads_to_where_it_can_be_undone_and_frees_the_desk() {
    let app = TestApp::start().await;
    let (_, first) = waiting(&app).await;
    let (_, second) = waiting(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    let (status, _) = app.post("review/approve", Some(&cookie), &[("number", &first)]).await;
    assert_eq!(status, StatusCode::OK);
    let decision: String = sqlx::query_scalar("SELECT id::text FROM decisions").fetch_one(&app.pool).await.unwrap();
    let page = format!("/review/decided/{decision}");
    let (status, shown) = app.get(&page, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(shown.contains("action=\"/api/review/undo\""), "{shown}");
    assert_eq!(take(&app, reviewer).await, Some(second.clone()), "within the ten seconds");
    let (status, shown) = app.get(&format!("/review/{second}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(shown.contains("Mohammed Alqahtani"));
    app.clock.advance(EFFECT_AFTER);
    let (_, shown) = app.get(&page, Some(&cookie)).await;
    assert!(!shown.contains("action=\"/api/review/undo\""));
    let stranger = app.staff(Role::Reviewer).await;
    let stranger = app.sign_in(stranger).await;
    assert_eq!(app.get(&page, Some(&stranger)).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_pool_narrows_what_is_handed_out_and_its_oldest_comes_first() {
    let app = TestApp::start().await;
    let mut numbers = Vec::new();
    for (region, city, band) in [
        ("riyadh", "riyadh", "18_29"),
        ("makkah", "jeddah", "30_44"),
        ("makkah", "taif", "18_29"),
        ("makkah", "makkah", "18_29"),
    ] {
        let (person, number) = waiting(&app).await;
        sqlx::query("UPDATE persons SET region = $2, city = $3 WHERE id = $1")
            .bind(person)
            .bind(region)
            .bind(city)
            .execute(&app.pool)
            .await
            .unwrap();
        sqlx::query("UPDATE licence_requests SET age_band = $2 WHERE number = $1")
            .bind(&number)
            .bind(band)
            .execute(&app.pool)
            .await
            .unwrap();
        numbers.push(number);
    }
    let reviewer = app.staff(Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    let (_, desk) = app.get("/api/review/desk?region=makkah&age=18_29", Some(&cookie)).await;
    assert!(desk.contains("\"waiting\":2"), "{desk}");
    for (pool, taken) in [
        (Pool::parse("team-leader", "", ""), None),
        (Pool::parse("", "makkah", "18_29"), Some(&numbers[2])),
        (Pool::parse("practitioner", "makkah", ""), Some(&numbers[1])),
        (Pool::default(), Some(&numbers[0])),
    ] {
        let reviewer = app.staff(Role::Reviewer).await;
        assert_eq!(take_from(&app, reviewer, &pool).await.as_ref(), taken, "{pool:?}");
    }
    let (status, page) = app.get("/review?region=makkah&age=18_29", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("value=\"region=makkah&amp;age=18_29\""), "the pool goes along");
}

#[tokio::test]
async fn two_reviewers_decide_every_request_of_one_queue_once() {
    let app = TestApp::start().await;
    let size = scale(24, 200);
    for _ in 0..size {
        waiting(&app).await;
    }
    let (one, two) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    let clear = async |reviewer| {
        let mut decided = 0;
        while let Some(number) = take(&app, reviewer).await {
            let verdict = if decided % 3 == 0 { rejection() } else { Verdict::Approve };
            decide(&app, reviewer, &number, &verdict).await.unwrap();
            decided += 1;
        }
        decided
    };
    let decided: usize = together([clear(one), clear(two)]).await.into_iter().sum();
    assert_eq!(decided, size);
    app.clock.advance(EFFECT_AFTER);
    let due = store::due(&mut app.pool.acquire().await.unwrap(), None, app.clock.now()).await.unwrap();
    assert_eq!(due.len(), size);
    for request in due {
        let mut tx = app.pool.begin().await.unwrap();
        effect::settle(&mut tx, &app.state.config.keys, request, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    let single = "SELECT count(*) FROM (SELECT FROM decisions GROUP BY request_id HAVING count(*) = 1) d";
    assert_eq!(usize::try_from(count(&app, single).await).unwrap(), size);
    let settled = "SELECT count(*) FROM licence_requests WHERE state IN ('approved', 'rejected')";
    assert_eq!(usize::try_from(count(&app, settled).await).unwrap(), size);
    let odd = "SELECT count(*) FROM licence_requests q
        WHERE (state = 'approved') <> EXISTS (SELECT FROM licences l WHERE l.request_id = q.id)";
    assert_eq!(count(&app, odd).await, 0);
}
