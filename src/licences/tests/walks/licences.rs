//! Walks of a licence.

use proptest::prelude::*;

use super::walk;
use crate::licences::model::{LicenceKind, LicenceState};
use crate::licences::tests::{licensed, ready};
use crate::testing::scale;

#[test]
fn a_licence_goes_where_its_machine_leads_and_nowhere_else() {
    walk(scale(8, 100), async |app, told, tries| {
        let person = ready(app, LicenceKind::Practitioner).await;
        let number = licensed(app, person, LicenceKind::Practitioner, app.clock.now()).await;
        let mut state = LicenceState::Active;
        for one in tries {
            let to = one.state(&LicenceState::ALL, state, LicenceState::can_become);
            // Complete is a superseded licence that names its successor, and any other that names none.
            let names_successor = one.complete == (to == LicenceState::Superseded);
            let done = sqlx::query(
                "UPDATE licences SET state = $1, superseded_by = CASE WHEN $2 THEN id END WHERE number = $3",
            )
            .bind(to.code())
            .bind(names_successor)
            .bind(number.digits())
            .execute(&app.pool)
            .await
            .map(drop);
            let allowed = one.complete && (state == to || state.can_become(to));
            told.compare(done, allowed, &format!("{state:?} to {to:?} by {one:?}"))?;
            if allowed {
                state = to;
            }
            let stored: String = sqlx::query_scalar("SELECT state FROM licences WHERE number = $1")
                .bind(number.digits())
                .fetch_one(&app.owner)
                .await
                .unwrap();
            prop_assert_eq!(stored.as_str(), state.code());
        }
        Ok(())
    });
}
