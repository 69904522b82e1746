//! The state machine of an enrolment: the same in Rust and in the database.

use crate::testing::TestApp;
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
