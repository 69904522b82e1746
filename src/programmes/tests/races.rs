//! Changing and cancelling while people enrol, and two who plan for one trainer.

use std::sync::Arc;

use time::Duration;
use uuid::Uuid;

use super::{administrator, count, enrol, fields, post, told, with};
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::testing::{TestApp, scale};
use crate::training::model::EnrolmentState;

async fn people(app: &TestApp, number: usize) -> Vec<Uuid> {
    let mut people = Vec::with_capacity(number);
    for _ in 0..number {
        people.push(app.person().await);
    }
    people
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_cancelled_while_people_enrol_holds_nobody() {
    let app = Arc::new(TestApp::start().await);
    let (_, cookie) = administrator(&app).await;
    let trainer = app.staff(Role::Trainer).await;
    let people = people(&app, 12).await;
    let (mut before, mut after) = (0, 0);
    for round in 0..scale(4, 60) {
        let session = app.session(app.programme("practitioner").await, 5, trainer).await;
        let racers: Vec<_> = people
            .iter()
            .map(|person| {
                let (app, person) = (app.clone(), *person);
                tokio::spawn(async move { enrol(&app, session, person).await })
            })
            .collect();
        let form =
            [("session", session.to_string()), ("reason", "venue_unavailable".to_owned()), ("text", "عطل".to_owned())];
        let cancelled = post(&app, "cancel_session", &cookie, &form);
        assert_eq!(cancelled.await.0, axum::http::StatusCode::OK);
        let mut answers = Vec::new();
        for racer in racers {
            answers.push(racer.await.unwrap());
        }
        for (person, answer) in people.iter().zip(answers) {
            let messages = told(&app, *person, "session_cancelled").await.len();
            match answer {
                // Whoever got in was put out again, and told.
                Ok(EnrolmentState::Enrolled | EnrolmentState::Waitlisted) => before += 1,
                Err(AppError::Refused(Problem::EnrolmentClosed)) => after += 1,
                other => panic!("round {round}: {other:?}"),
            }
            let ended: i64 =
                sqlx::query_scalar("SELECT count(*) FROM enrolments WHERE person_id = $1 AND state = 'cancelled'")
                    .bind(person)
                    .fetch_one(&app.pool)
                    .await
                    .unwrap();
            assert_eq!(i64::try_from(messages).unwrap(), ended, "round {round}");
        }
        let (taken, live): (i32, i64) = sqlx::query_as(
            "SELECT taken, (SELECT count(*) FROM enrolments WHERE session_id = s.id AND state <> 'cancelled')
             FROM training_sessions s WHERE id = $1",
        )
        .bind(session)
        .fetch_one(&app.pool)
        .await
        .unwrap();
        assert_eq!((taken, live), (0, 0), "round {round}");
    }
    assert!(before + after > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seats_change_while_people_enrol_and_are_never_fewer_than_taken() {
    let app = Arc::new(TestApp::start().await);
    let (_, cookie) = administrator(&app).await;
    let trainer = app.staff(Role::Trainer).await;
    let people = people(&app, 12).await;
    for round in 0..scale(4, 60) {
        let programme = app.programme("practitioner").await;
        let start = app.clock.now() + Duration::days(20 + i64::try_from(round).unwrap());
        let form = with(&fields(programme, trainer, start), &[("seats", "6")]);
        assert_eq!(post(&app, "plan_sessions", &cookie, &form).await.0, axum::http::StatusCode::OK);
        let session: Uuid = sqlx::query_scalar("SELECT id FROM training_sessions WHERE programme_id = $1")
            .bind(programme)
            .fetch_one(&app.pool)
            .await
            .unwrap();
        let racers: Vec<_> = people
            .iter()
            .map(|person| {
                let (app, person) = (app.clone(), *person);
                tokio::spawn(async move { enrol(&app, session, person).await.unwrap() })
            })
            .collect();
        let change = with(&form, &[("session", &session.to_string()), ("seats", "3"), ("venue_en", "Other")]);
        let (status, answer) = post(&app, "change_session", &cookie, &change).await;
        let mut enrolled = 0;
        for racer in racers {
            enrolled += i32::from(racer.await.unwrap() == EnrolmentState::Enrolled);
        }
        let (seats, taken): (i32, i32) = sqlx::query_as("SELECT seats, taken FROM training_sessions WHERE id = $1")
            .bind(session)
            .fetch_one(&app.pool)
            .await
            .unwrap();
        assert_eq!(taken, enrolled, "round {round}");
        if status == axum::http::StatusCode::OK {
            assert_eq!((seats, taken), (3, 3), "round {round}");
        } else {
            assert_eq!((status, answer), super::invalid("seats", "SeatsBelowTaken"), "round {round}");
            assert_eq!((seats, taken), (6, 6), "round {round}");
        }
        let mut heard = 0;
        for person in &people {
            heard += told(&app, *person, "session_changed").await.len();
        }
        let was_told = count(&app, "SELECT count(*) FROM messages WHERE template = 'session_changed' AND person_id NOT IN (SELECT person_id FROM staff_roles)").await;
        assert_eq!(i64::try_from(heard).unwrap(), was_told);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_plan_for_one_trainer_at_once_plan_one_session() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (_, other) = administrator(&app).await;
    let programme = app.programme("practitioner").await;
    for _ in 0..scale(4, 60) {
        let trainer = app.staff(Role::Trainer).await;
        let start = app.clock.now() + Duration::days(10);
        let (one, two) = (fields(programme, trainer, start), fields(programme, trainer, start + Duration::hours(2)));
        let (first, second) =
            tokio::join!(post(&app, "plan_sessions", &cookie, &one), post(&app, "plan_sessions", &other, &two));
        let busy = super::invalid("trainer", "TrainerBusy");
        assert!((first == busy) != (second == busy), "{first:?} {second:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_itself_keeps_a_trainer_from_two_places_at_once() {
    let app = TestApp::start().await;
    let (by, _) = administrator(&app).await;
    let programme = app.programme("practitioner").await;
    for _ in 0..scale(4, 60) {
        let trainer = app.staff(Role::Trainer).await;
        let insert = |hours: i64| {
            let starts_at = app.clock.now() + Duration::days(10) + Duration::hours(hours);
            sqlx::query(
                "INSERT INTO training_sessions (programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at,
                     enrol_by, trainer_id, seats, planned_by)
                 VALUES ($1, 'online', 'riyadh', 'riyadh', 'ق', 'H', $2, $2 + interval '5 hours', $2, $3, 5, $4)",
            )
            .bind(programme)
            .bind(starts_at)
            .bind(trainer)
            .bind(by)
            .execute(&app.pool)
        };
        let (one, two) = tokio::join!(insert(0), insert(3));
        let broken = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert_eq!(broken.len(), 1);
        // Two that meet half way wait for each other; Postgres then ends one of them.
        let error = broken[0].as_database_error().unwrap();
        let deadlock = error.code().as_deref() == Some("40P01");
        assert!(deadlock || error.constraint() == Some("training_sessions_trainer_free"), "{error}");
    }
}
