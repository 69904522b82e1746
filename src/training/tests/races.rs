//! Many at once. The seats are exact, the order is the order of asking, and nobody meets an error.

use std::sync::Arc;

use uuid::Uuid;

use super::{accept, cancel, end_offers, enrol, enrolment, number, session_with, taken};
use crate::error::{AppError, Problem};
use crate::testing::{TestApp, scale};
use crate::training::model::EnrolmentState;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_race_for_thirty_seats() {
    let app = Arc::new(TestApp::start().await);
    let trainer = app.staff(crate::access::Role::Trainer).await;
    let people = people(&app, 500).await;
    for round in 0..scale(2, 100) {
        // A programme each, since a person has one live enrolment in a programme.
        let programme = app.programme("practitioner").await;
        let session = app.session(programme, 30, trainer).await;
        let racers = people.iter().map(|person| {
            let (app, person) = (app.clone(), *person);
            async move { enrol(&app, session, person).await }
        });
        let given: Vec<_> =
            at_once(racers).await.into_iter().collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}"));
        let enrolled = given.iter().filter(|state| **state == EnrolmentState::Enrolled).count();
        assert_eq!((enrolled, given.len() - enrolled), (30, 470), "round {round}");
        assert_eq!(number(&app, session, EnrolmentState::Enrolled).await, 30);
        assert_eq!(number(&app, session, EnrolmentState::Waitlisted).await, 470);
        assert_eq!(taken(&mut app.pool.acquire().await.unwrap(), session).await, (30, 30));
        let in_order: bool = sqlx::query_scalar(
            "SELECT max(position) FILTER (WHERE state = 'enrolled') < min(position) FILTER (WHERE state = 'waitlisted')
             FROM enrolments WHERE session_id = $1",
        )
        .bind(session)
        .fetch_one(&app.pool)
        .await
        .unwrap();
        assert!(in_order, "round {round}: somebody waits who asked before one who has a seat");
    }
}

/// Runs tasks at once, each on its own, and gathers their answers in order.
async fn at_once<T: Send + 'static>(
    tasks: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let running: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    let mut answers = Vec::with_capacity(running.len());
    for task in running {
        answers.push(task.await.unwrap());
    }
    answers
}

async fn people(app: &TestApp, number: usize) -> Vec<Uuid> {
    let mut people = Vec::with_capacity(number);
    for _ in 0..number {
        people.push(app.person().await);
    }
    people
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_who_asks_many_times_at_once_gets_one_seat() {
    let app = Arc::new(TestApp::start().await);
    for _ in 0..scale(3, 50) {
        let (session, _) = session_with(&app, 30).await;
        let person = app.person().await;
        let asking = (0..16).map(|_| {
            let app = app.clone();
            async move { enrol(&app, session, person).await }
        });
        for answer in at_once(asking).await {
            assert_eq!(answer, Ok(EnrolmentState::Enrolled));
        }
        assert_eq!(number(&app, session, EnrolmentState::Enrolled).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_sessions_of_a_programme_give_one_person_one_seat() {
    let app = TestApp::start().await;
    let trainer = app.staff(crate::access::Role::Trainer).await;
    for _ in 0..scale(5, 100) {
        let programme = app.programme("practitioner").await;
        let (one, other) = (app.session(programme, 5, trainer).await, app.session(programme, 5, trainer).await);
        let person = app.person().await;
        let (first, second) = tokio::join!(enrol(&app, one, person), enrol(&app, other, person));
        let refused = Err(AppError::Refused(Problem::AlreadyEnrolled));
        let won = Ok(EnrolmentState::Enrolled);
        assert!((first == won && second == refused) || (first == refused && second == won), "{first:?} {second:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_is_either_taken_or_over() {
    let app = TestApp::start().await;
    for _ in 0..scale(5, 100) {
        let (session, _) = session_with(&app, 1).await;
        let people = [app.person().await, app.person().await, app.person().await];
        for person in people {
            enrol(&app, session, person).await.unwrap();
        }
        cancel(&app, enrolment(&app, session, people[0]).await.0, people[0]).await.unwrap();
        let (offer, _, until) = enrolment(&app, session, people[1]).await;
        // The clock of whoever accepts stands just before the end, that of the job just at it.
        let (before, at) = (until.unwrap() - time::Duration::microseconds(1), until.unwrap());
        let accepting = async {
            let mut tx = app.pool.begin().await.unwrap();
            let answer = crate::training::store::seats::accept_offer(&mut tx, offer, people[1], before).await;
            tx.commit().await.unwrap();
            answer
        };
        let ending = crate::training::store::offers::end_all_offers(&app.pool, &app.state.config, at);
        let (accepted, ended) = tokio::join!(accepting, ending);
        ended.unwrap();
        let next = enrolment(&app, session, people[2]).await.1;
        match enrolment(&app, session, people[1]).await.1 {
            EnrolmentState::Enrolled => {
                assert_eq!((accepted, next), (Ok(()), EnrolmentState::Waitlisted));
            }
            EnrolmentState::Lapsed => {
                assert_eq!((accepted, next), (Err(AppError::Refused(Problem::OfferEnded)), EnrolmentState::Offered));
            }
            state => panic!("{state:?}"),
        }
        assert_eq!(taken(&mut app.pool.acquire().await.unwrap(), session).await, (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seats_stay_exact_while_people_come_and_go() {
    let app = Arc::new(TestApp::start().await);
    let (session, _) = session_with(&app, 5).await;
    let people = people(&app, 40).await;
    for round in 0..scale(2, 20) {
        let moves = people.iter().enumerate().map(|(index, person)| {
            let (app, person) = (app.clone(), *person);
            async move {
                enrol(&app, session, person).await.unwrap();
                let (id, state, _) = enrolment(&app, session, person).await;
                if state == EnrolmentState::Offered {
                    accept(&app, id, person).await.unwrap();
                } else if (index + round) % 3 == 0 {
                    cancel(&app, id, person).await.unwrap();
                }
            }
        });
        at_once(moves).await;
        end_offers(&app).await;
        let (kept, counted) = taken(&mut app.pool.acquire().await.unwrap(), session).await;
        assert_eq!((i64::from(kept), kept), (counted, 5), "round {round}");
    }
}
