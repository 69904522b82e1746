//! What an administrator decides, and what comes of it.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{Hall, invalid, refused};

#[tokio::test]
async fn a_confirmed_sheet_is_an_attempt_like_any_other() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("14").await;
    hall.app.clock.advance(Duration::minutes(5));
    assert_eq!(hall.confirm(sheet).await.0, StatusCode::OK);
    assert_eq!(hall.attempts().await, [(1, "passed".to_owned(), Some(14), true)]);
    assert_eq!(hall.enrolment_state().await, "passed");
    assert_eq!((hall.told("paper_passed").await, hall.noted("paper_confirmed").await), (1, 1));
    assert_eq!(hall.confirm(sheet).await, refused("NoLongerPossible"));
    assert_eq!(hall.decide("papers/decline", &hall.officers, sheet).await, refused("NoLongerPossible"));
    assert_eq!(hall.start().await, refused("AlreadyPassed"));
    let met: bool =
        sqlx::query_scalar("SELECT met FROM prerequisites($1, 'practitioner', NULL, $2) WHERE code = 'programme'")
            .bind(hall.person)
            .bind(hall.app.clock.now())
            .fetch_one(&hall.app.pool)
            .await
            .unwrap();
    assert!(met, "it leads to the licence");
}

#[tokio::test]
async fn papers_count_towards_the_limit_of_attempts() {
    let hall = Hall::new().await;
    for ordinal in 1..=3 {
        assert_eq!(hall.enrolment_state().await, "attended");
        hall.app.clock.advance(Duration::minutes(1));
        if ordinal == 2 {
            // One of them online, handed in with nothing answered.
            hall.start().await;
            let enrolment = hall.enrolment.to_string();
            let fields = [("enrolment", enrolment.as_str()), ("attempt", "2")];
            assert_eq!(hall.app.post("assessment/finish", Some(&hall.persons), &fields).await.0, StatusCode::OK);
        } else {
            let sheet = hall.waiting("13").await;
            assert_eq!(hall.confirm(sheet).await.0, StatusCode::OK);
        }
    }
    let states: Vec<_> =
        hall.attempts().await.into_iter().map(|(ordinal, state, _, paper)| (ordinal, state, paper)).collect();
    let failed = |ordinal, paper| (ordinal, "failed".to_owned(), paper);
    assert_eq!(states, [failed(1, true), failed(2, false), failed(3, true)]);
    assert_eq!((hall.enrolment_state().await.as_str(), hall.told("paper_failed").await), ("failed", 2));
    assert_eq!(hall.record("20").await, invalid(hall.enrolment, "NoLongerPossible"));
    assert_eq!(hall.start().await, refused("NoAttemptsLeft"));
}

#[tokio::test]
async fn nothing_comes_of_a_sheet_that_is_declined() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("20").await;
    assert_eq!(hall.decide("papers/decline", &hall.officers, sheet).await.0, StatusCode::OK);
    assert_eq!((hall.attempts().await.len(), hall.enrolment_state().await.as_str()), (0, "attended"));
    assert_eq!((hall.told("paper_declined").await, hall.noted("paper_declined").await), (1, 1));
    assert_eq!(hall.confirm(sheet).await, refused("NoLongerPossible"));
    assert_eq!(hall.withdraw(&hall.trainers, sheet).await, refused("NoLongerPossible"));
    // It may be recorded anew, or taken online.
    hall.app.clock.advance(Duration::seconds(1));
    hall.waiting("15").await;
    assert_eq!(hall.sheets().await, ["declined", "waiting"]);
}

#[tokio::test]
async fn the_pass_mark_is_that_of_the_recording() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("14").await;
    sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ('pass_mark_percent', 90, $1)")
        .bind(hall.app.clock.now() + Duration::seconds(1))
        .execute(&hall.app.pool)
        .await
        .unwrap();
    hall.app.clock.advance(Duration::minutes(1));
    hall.confirm(sheet).await;
    assert_eq!(hall.enrolment_state().await, "passed");
}

#[tokio::test]
async fn confirming_asks_for_the_second_factor_anew() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("14").await;
    hall.app.clock.advance(Duration::minutes(11));
    assert_eq!(hall.confirm(sheet).await, (StatusCode::FORBIDDEN, json!("SecondFactorNeeded")));
    assert_eq!((hall.sheets().await, hall.attempts().await.len()), (vec!["waiting".to_owned()], 0));
    let fresh = hall.app.sign_in(hall.officer).await;
    assert_eq!(hall.decide("papers/confirm", &fresh, sheet).await.0, StatusCode::OK);
}

#[tokio::test]
async fn an_unknown_sheet_is_not_found() {
    let hall = Hall::new().await;
    for endpoint in ["papers/confirm", "papers/decline"] {
        let answer = hall.decide(endpoint, &hall.officers, Uuid::new_v4()).await;
        assert_eq!(answer.0, StatusCode::NOT_FOUND, "{endpoint}");
    }
}

#[tokio::test]
async fn a_test_of_another_programme_under_way_is_waited_for() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("14").await;
    let session = hall.app.session(hall.app.programme("practitioner").await, 5, hall.trainer).await;
    let other = hall.app.attended(session, hall.person).await.to_string();
    let begun = hall.app.post("assessment/start", Some(&hall.persons), &[("enrolment", &other)]).await;
    assert_eq!(begun.0, StatusCode::OK);
    assert_eq!(hall.confirm(sheet).await, refused("TestUnderWay"));
    assert_eq!(hall.sheets().await, ["waiting"]);
    let fields = [("enrolment", other.as_str()), ("attempt", "1")];
    hall.app.post("assessment/finish", Some(&hall.persons), &fields).await;
    assert_eq!(hall.confirm(sheet).await.0, StatusCode::OK);
    assert_eq!(hall.enrolment_state().await, "passed");
}
