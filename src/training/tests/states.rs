//! The state machine of an enrolment: the same in Rust and in the database, and none leaves it.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sqlx::Acquire;
use uuid::Uuid;

use super::{session_with, taken};
use crate::testing::{TestApp, scale};
use crate::training::model::EnrolmentState;

#[tokio::test]
async fn the_database_permits_what_the_code_does() {
    let app = TestApp::start().await;
    let mut permitted: Vec<(String, String)> =
        sqlx::query_as("SELECT from_state, to_state FROM state_transitions WHERE machine = 'enrolment'")
            .fetch_all(&app.pool)
            .await
            .unwrap();
    let mut expected: Vec<(String, String)> = EnrolmentState::ALL
        .into_iter()
        .flat_map(|from| EnrolmentState::ALL.into_iter().map(move |to| (from, to)))
        .filter(|(from, to)| from.can_become(*to))
        .map(|(from, to)| (from.code().to_owned(), to.code().to_owned()))
        .collect();
    permitted.sort();
    expected.sort();
    assert_eq!(permitted, expected);
    for state in EnrolmentState::ALL {
        let holds: bool =
            sqlx::query_scalar("SELECT holds_seat($1)").bind(state.code()).fetch_one(&app.pool).await.unwrap();
        assert_eq!(holds, state.holds_seat(), "{state:?}");
    }
}

/// A write of the application's role, whatever the code would do.
#[derive(Clone, Debug)]
enum Step {
    Begin { person: usize, state: EnrolmentState },
    Go { person: usize, state: EnrolmentState },
}

fn step() -> impl Strategy<Value = Step> {
    let state = prop::sample::select(EnrolmentState::ALL.to_vec());
    prop_oneof![
        (0usize..6, state.clone()).prop_map(|(person, state)| Step::Begin { person, state }),
        (0usize..6, state).prop_map(|(person, state)| Step::Go { person, state }),
    ]
}

#[tokio::test]
async fn no_write_leaves_the_states_or_oversells() {
    let app = TestApp::start().await;
    let mut people = Vec::new();
    for _ in 0..6 {
        people.push(app.person().await);
    }
    let mut runner = TestRunner::default();
    for _ in 0..scale(5, 200) {
        let (session, trainer) = session_with(&app, 3).await;
        let steps = prop::collection::vec(step(), 60).new_tree(&mut runner).unwrap().current();
        for step in steps {
            let (_, after) = take(&app, session, trainer, &people, &step).await;
            assert_eq!(i64::from(after.0), after.1, "after {step:?}");
            assert!((0..=3).contains(&after.0), "after {step:?}");
        }
    }
}

/// Tries one step; if the database let it, it was a permitted one.
async fn take(app: &TestApp, session: Uuid, trainer: Uuid, people: &[Uuid], step: &Step) -> (bool, (i32, i64)) {
    let mut connection = app.pool.acquire().await.unwrap();
    let mut tx = connection.begin().await.unwrap();
    let done = match step {
        Step::Begin { person, state } => {
            let done = sqlx::query(
                "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
                 SELECT id, programme_id, $2, $3, now() FROM training_sessions WHERE id = $1",
            )
            .bind(session)
            .bind(people[*person])
            .bind(state.code())
            .execute(&mut *tx)
            .await
            .is_ok();
            assert!(!done || matches!(state, EnrolmentState::Enrolled | EnrolmentState::Waitlisted), "{step:?}");
            done
        }
        Step::Go { person, state } => {
            let row: Option<(Uuid, String)> = sqlx::query_as(
                "SELECT id, state FROM enrolments WHERE session_id = $1 AND person_id = $2
                 ORDER BY position DESC LIMIT 1",
            )
            .bind(session)
            .bind(people[*person])
            .fetch_optional(&mut *tx)
            .await
            .unwrap();
            let Some((id, from)) = row else { return (false, taken(&mut tx, session).await) };
            let from = EnrolmentState::from_code(&from).unwrap();
            let done = sqlx::query(
                "UPDATE enrolments SET state = $2, offered_until = now(), attendance_by = $3, attendance_at = now()
                 WHERE id = $1",
            )
            .bind(id)
            .bind(state.code())
            .bind(trainer)
            .execute(&mut *tx)
            .await
            .is_ok();
            assert!(!done || from == *state || from.can_become(*state), "{from:?} went to {state:?}");
            // A result comes from a test, and nobody here has taken one.
            assert!(!done || !matches!(state, EnrolmentState::Passed | EnrolmentState::Failed), "{step:?}");
            done
        }
    };
    if done {
        tx.commit().await.unwrap();
    } else {
        tx.rollback().await.unwrap();
    }
    let after = taken(&mut connection, session).await;
    (done, after)
}
