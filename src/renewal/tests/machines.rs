//! The states of a batch's row, as the enum and as the database have them.

use crate::renewal::model::RowState;
use crate::testing::TestApp;

#[tokio::test]
async fn the_enum_mirrors_the_databases_state_machine() {
    let app = TestApp::start().await;
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT from_state, to_state FROM state_transitions WHERE machine = 'renewal_row'")
            .fetch_all(&app.pool)
            .await
            .unwrap();
    for from in RowState::ALL {
        for to in RowState::ALL {
            let known = rows.iter().any(|(one, other)| one == from.code() && other == to.code());
            assert_eq!(from.can_become(to), known, "{from:?} to {to:?}");
        }
    }
    assert_eq!(rows.len(), 4);
}
