//! Changing a session: who is told what, and what stays forbidden.

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::{administrator, count, enrol, fields, invalid, planned, post, refused, state, told, with};
use crate::access::Role;
use crate::testing::TestApp;

type Form = Vec<(&'static str, String)>;

/// A planned session of so many seats, its form, its trainer, and an administrator's cookie.
async fn session(app: &TestApp, seats: &str) -> (Uuid, Form, Uuid, String) {
    let (_, cookie) = administrator(app).await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let form = with(&fields(programme, trainer, app.clock.now() + Duration::days(10)), &[("seats", seats)]);
    assert_eq!(post(app, "plan_sessions", &cookie, &form).await.0, StatusCode::OK);
    let id = planned(app).await;
    (id, with(&form, &[("session", &id.to_string())]), trainer, cookie)
}

#[tokio::test]
async fn everybody_is_told_what_changed_old_and_new() {
    let app = TestApp::start().await;
    let (id, form, trainer, cookie) = session(&app, "1").await;
    let (enrolled, waiting) = (app.person().await, app.person().await);
    sqlx::query("UPDATE persons SET language = 'en' WHERE id = $1").bind(waiting).execute(&app.pool).await.unwrap();
    enrol(&app, id, enrolled).await.unwrap();
    enrol(&app, id, waiting).await.unwrap();
    let change = with(
        &form,
        &[("venue_ar", "قاعة الواحة"), ("venue_en", "Oasis Hall"), ("start_time", "00:05"), ("enrol_time", "00:05")],
    );
    let (status, answer) = post(&app, "change_session", &cookie, &change).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    for person in [enrolled, waiting, trainer] {
        let bodies = told(&app, person, "session_changed").await;
        assert_eq!(bodies.len(), 1);
        let places = if person == waiting {
            ["Palm Hall", "Oasis Hall"]
        } else {
            ["قاعة النخيل", "قاعة الواحة"]
        };
        for part in [places[0], places[1], "00:05", &format!("/training/{id}")] {
            assert!(bodies[0].contains(part), "{part} is not in {}", bodies[0]);
        }
    }
    // The same again changes nothing and tells nobody.
    assert_eq!(post(&app, "change_session", &cookie, &change).await.0, StatusCode::OK);
    assert_eq!(told(&app, enrolled, "session_changed").await.len(), 1);
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action = 'session_changed'").await, 1);
    assert_eq!(
        (state(&app, id, enrolled).await.as_str(), state(&app, id, waiting).await.as_str()),
        ("enrolled", "waitlisted")
    );
}

#[tokio::test]
async fn a_new_trainer_and_the_one_before_are_both_told() {
    let app = TestApp::start().await;
    let (id, form, trainer, cookie) = session(&app, "5").await;
    let next = app.staff(Role::Trainer).await;
    let change = with(&form, &[("trainer", &next.to_string())]);
    assert_eq!(post(&app, "change_session", &cookie, &change).await.0, StatusCode::OK);
    assert_eq!(
        (told(&app, trainer, "session_changed").await.len(), told(&app, next, "session_changed").await.len()),
        (1, 1)
    );
    let leads: Uuid = sqlx::query_scalar("SELECT trainer_id FROM training_sessions WHERE id = $1")
        .bind(id)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    assert_eq!(leads, next);
}

#[tokio::test]
async fn added_seats_are_offered_and_never_fewer_than_are_taken() {
    let app = TestApp::start().await;
    let (id, form, _, cookie) = session(&app, "2").await;
    let people = [app.person().await, app.person().await, app.person().await];
    for person in people {
        enrol(&app, id, person).await.unwrap();
    }
    assert_eq!(
        post(&app, "change_session", &cookie, &with(&form, &[("seats", "1")])).await,
        invalid("seats", "SeatsBelowTaken")
    );
    assert_eq!(state(&app, id, people[2]).await, "waitlisted");
    assert_eq!(post(&app, "change_session", &cookie, &with(&form, &[("seats", "3")])).await.0, StatusCode::OK);
    assert_eq!(state(&app, id, people[2]).await, "offered");
    assert_eq!(told(&app, people[2], "seat_offered").await.len(), 1);
    // More seats are no news to who has one.
    assert!(told(&app, people[0], "session_changed").await.is_empty());
}

#[tokio::test]
async fn no_offer_outlives_an_enrolment_that_ends_earlier() {
    let app = TestApp::start().await;
    let (id, form, _, cookie) = session(&app, "1").await;
    let (holder, next) = (app.person().await, app.person().await);
    enrol(&app, id, holder).await.unwrap();
    enrol(&app, id, next).await.unwrap();
    assert_eq!(post(&app, "change_session", &cookie, &with(&form, &[("seats", "2")])).await.0, StatusCode::OK);
    let soon = app.clock.now() + Duration::hours(3);
    let (day, time) = (super::local_day(soon), super::local_time(soon));
    let change = with(&form, &[("seats", "2"), ("enrol_day", &day), ("enrol_time", &time)]);
    assert_eq!(post(&app, "change_session", &cookie, &change).await.0, StatusCode::OK);
    assert_eq!(count(&app, "SELECT count(*) FROM enrolments e JOIN training_sessions s ON s.id = e.session_id WHERE e.state = 'offered' AND e.offered_until = s.enrol_by").await, 1);
}

#[tokio::test]
async fn what_is_not_possible_is_refused() {
    let app = TestApp::start().await;
    let (id, form, _, cookie) = session(&app, "5").await;
    let programme: Uuid = form.iter().find(|(name, _)| *name == "programme").unwrap().1.parse().unwrap();
    let busy = app.staff(Role::Trainer).await;
    app.session_at(programme, 5, busy, "online", app.clock.now() + Duration::days(10)).await;
    let change = with(&form, &[("trainer", &busy.to_string())]);
    assert_eq!(post(&app, "change_session", &cookie, &change).await, invalid("trainer", "TrainerBusy"));
    let pupil = app.staff(Role::Trainer).await;
    enrol(&app, id, pupil).await.unwrap();
    let change = with(&form, &[("trainer", &pupil.to_string())]);
    assert_eq!(post(&app, "change_session", &cookie, &change).await, invalid("trainer", "TrainerEnrolled"));
    let unknown = with(&form, &[("session", &Uuid::nil().to_string())]);
    assert_eq!(post(&app, "change_session", &cookie, &unknown).await.0, StatusCode::NOT_FOUND);
    let later = app.clock.now() + Duration::days(40);
    let (day, before) = (super::local_day(later), form.clone());
    let change = with(&before, &[("start_day", &day), ("end_day", ""), ("end_time", "23:59")]);
    app.clock.advance(Duration::days(11));
    let (_, cookie) = administrator(&app).await;
    assert_eq!(post(&app, "change_session", &cookie, &change).await, refused("SessionStarted"));
    assert!(told(&app, pupil, "session_changed").await.is_empty());
}
