//! The waiting list: one freed seat, one offer, then the next in line.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{accept, cancel, end_offers, enrol, enrolment, noted, number, session_with, told};
use crate::error::{AppError, Problem};
use crate::testing::TestApp;
use crate::training::model::EnrolmentState as State;

/// A session of one seat, its holder, and three who wait.
async fn queue(app: &TestApp) -> (Uuid, [Uuid; 4]) {
    let (session, _) = session_with(app, 1).await;
    let people = [app.person().await, app.person().await, app.person().await, app.person().await];
    for person in people {
        enrol(app, session, person).await.unwrap();
    }
    (session, people)
}

async fn states(app: &TestApp, session: Uuid, people: &[Uuid]) -> Vec<State> {
    let mut states = Vec::new();
    for person in people {
        states.push(enrolment(app, session, *person).await.1);
    }
    states
}

#[tokio::test]
async fn a_freed_seat_is_offered_to_one_and_the_rest_wait() {
    let app = TestApp::start().await;
    let (session, people) = queue(&app).await;
    let (held, ..) = enrolment(&app, session, people[0]).await;
    cancel(&app, held, people[0]).await.unwrap();
    cancel(&app, held, people[0]).await.unwrap();
    assert_eq!(
        states(&app, session, &people).await,
        [State::Cancelled, State::Offered, State::Waitlisted, State::Waitlisted]
    );
    let (offer, _, until) = enrolment(&app, session, people[1]).await;
    let day = until.unwrap() - app.clock.now();
    assert!(day <= Duration::hours(24) && day > Duration::hours(23), "{day}");
    assert_eq!((told(&app, people[1], "seat_offered").await, told(&app, people[2], "seat_offered").await), (1, 0));
    assert_eq!(noted(&app, "offered", offer).await, 1);
    let jobs: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
         WHERE t.identifier = 'end_offers' AND j.run_at = $1",
    )
    .bind(until)
    .fetch_one(&app.owner)
    .await
    .unwrap();
    assert_eq!(jobs, 1);
}

#[tokio::test]
async fn an_offer_that_is_not_taken_goes_on_down_the_line() {
    let app = TestApp::start().await;
    let (session, people) = queue(&app).await;
    cancel(&app, enrolment(&app, session, people[0]).await.0, people[0]).await.unwrap();
    end_offers(&app).await;
    assert_eq!(states(&app, session, &people[1..3]).await, [State::Offered, State::Waitlisted]);
    app.clock.advance(Duration::hours(24));
    for _ in 0..2 {
        end_offers(&app).await;
    }
    assert_eq!(states(&app, session, &people[1..]).await, [State::Lapsed, State::Offered, State::Waitlisted]);
    assert_eq!(told(&app, people[1], "offer_lapsed").await, 1);
    let (late, ..) = enrolment(&app, session, people[1]).await;
    assert_eq!(accept(&app, late, people[1]).await, Err(AppError::Refused(Problem::OfferEnded)));
    // Who declines an offer passes it on at once.
    cancel(&app, enrolment(&app, session, people[2]).await.0, people[2]).await.unwrap();
    assert_eq!(states(&app, session, &people[2..]).await, [State::Cancelled, State::Offered]);
    let (offer, ..) = enrolment(&app, session, people[3]).await;
    for _ in 0..2 {
        accept(&app, offer, people[3]).await.unwrap();
    }
    assert_eq!(noted(&app, "offer_accepted", offer).await, 1);
    assert_eq!(number(&app, session, State::Enrolled).await, 1);
    // Who let an offer lapse may ask again, at the end of the line.
    assert_eq!(enrol(&app, session, people[1]).await, Ok(State::Waitlisted));
}

#[tokio::test]
async fn an_offer_is_accepted_by_its_holder_only() {
    let app = TestApp::start().await;
    let (session, people) = queue(&app).await;
    cancel(&app, enrolment(&app, session, people[0]).await.0, people[0]).await.unwrap();
    let (offer, ..) = enrolment(&app, session, people[1]).await;
    let field = offer.to_string();
    let (status, _) = app.post("training/accept_offer", None, &[("enrolment", &field)]).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let other = app.sign_in(people[2]).await;
    let (status, _) = app.post("training/accept_offer", Some(&other), &[("enrolment", &field)]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let waiting = enrolment(&app, session, people[2]).await.0.to_string();
    let (status, answer) = app.post("training/accept_offer", Some(&other), &[("enrolment", &waiting)]).await;
    assert_eq!((status, answer), (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
    let own = app.sign_in(people[1]).await;
    let (status, _) = app.post("training/accept_offer", Some(&own), &[("enrolment", &field)]).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn no_offer_outlives_enrolment_and_who_waited_in_vain_is_free() {
    let app = TestApp::start().await;
    let (session, people) = queue(&app).await;
    app.clock.advance(Duration::days(9) - Duration::hours(2));
    cancel(&app, enrolment(&app, session, people[0]).await.0, people[0]).await.unwrap();
    let (_, _, until) = enrolment(&app, session, people[1]).await;
    assert!(until.unwrap() - app.clock.now() <= Duration::hours(2));
    app.clock.advance(Duration::hours(2));
    end_offers(&app).await;
    assert_eq!(states(&app, session, &people[1..]).await, [State::Lapsed, State::Cancelled, State::Cancelled]);
    assert_eq!(told(&app, people[3], "waiting_ended").await, 1);
}

#[tokio::test]
async fn seats_that_are_added_are_offered_in_order() {
    let app = TestApp::start().await;
    let (session, people) = queue(&app).await;
    sqlx::query("UPDATE training_sessions SET seats = 3 WHERE id = $1").bind(session).execute(&app.pool).await.unwrap();
    end_offers(&app).await;
    assert_eq!(
        states(&app, session, &people).await,
        [State::Enrolled, State::Offered, State::Offered, State::Waitlisted]
    );
}
