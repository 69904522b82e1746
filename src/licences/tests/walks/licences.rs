//! Walks of a licence.

use proptest::prelude::*;

use super::walk;
use crate::licences::model::{LicenceKind, LicenceState};
use crate::licences::tests::{licensed, ready};
use crate::oversight::tests::{go, officers};
use crate::testing::scale;

#[test]
fn a_licence_goes_where_its_machine_leads_and_nowhere_else() {
    walk(scale(8, 100), async |app, told, tries| {
        let person = ready(app, LicenceKind::Practitioner).await;
        let number = licensed(app, person, LicenceKind::Practitioner, app.clock.now()).await;
        let id = sqlx::query_scalar("SELECT id FROM licences WHERE number = $1")
            .bind(number.digits())
            .fetch_one(&app.owner)
            .await
            .unwrap();
        let pair = officers(app).await;
        let mut state = LicenceState::Active;
        for one in tries {
            let to = one.state(&LicenceState::ALL, state, LicenceState::can_become);
            // Complete is a change with its event, approved by a second officer or followed by its correction where that
            // belongs to it. Bare, the licence may stay what it is.
            let mut tx = app.pool.begin().await.unwrap();
            let tried = if one.complete {
                go(&mut tx, id, pair, to, app.clock.now()).await
            } else {
                let statement = "UPDATE licences SET state = $1 WHERE id = $2";
                sqlx::query(statement).bind(to.code()).bind(id).execute(&mut *tx).await.map(drop)
            };
            let done = match tried {
                Ok(()) => tx.commit().await,
                refused => refused,
            };
            let allowed = if one.complete { state.can_become(to) } else { state == to };
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
