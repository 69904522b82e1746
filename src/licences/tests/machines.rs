//! The state machines of requests and licences, as the enums and as the database have them.

use uuid::Uuid;

use super::{licensed, ready, submitted};
use crate::access::Role;
use crate::licences::model::{LicenceKind, LicenceState, RequestState};
use crate::oversight::tests::{go, officers};
use crate::testing::TestApp;

#[tokio::test]
async fn the_enums_mirror_the_databases_state_machines() {
    let app = TestApp::start().await;
    let steps = async |machine: &str| -> Vec<(String, String)> {
        sqlx::query_as("SELECT from_state, to_state FROM state_transitions WHERE machine = $1 ORDER BY 1, 2")
            .bind(machine)
            .fetch_all(&app.pool)
            .await
            .unwrap()
    };
    let mut requests = Vec::new();
    for (from, to) in pairs(&RequestState::ALL).filter(|(from, to)| from.can_become(*to)) {
        requests.push((from.code().to_owned(), to.code().to_owned()));
    }
    requests.sort();
    assert_eq!(requests, steps("request").await);
    let mut licences = Vec::new();
    for (from, to) in pairs(&LicenceState::ALL).filter(|(from, to)| from.can_become(*to)) {
        licences.push((from.code().to_owned(), to.code().to_owned()));
    }
    licences.sort();
    assert_eq!(licences, steps("licence").await);
}

fn pairs<T: Copy>(all: &[T]) -> impl Iterator<Item = (T, T)> {
    all.iter().flat_map(move |from| all.iter().map(move |to| (*from, *to)))
}

#[tokio::test]
async fn the_application_can_take_a_request_through_permitted_steps_only() {
    let app = TestApp::start().await;
    let (person, reviewer) = (app.person().await, app.staff(Role::Reviewer).await);
    let number = submitted(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    for (from, to) in pairs(&RequestState::ALL).filter(|(from, to)| from != to) {
        // An appeal goes back to being one; what is rejected was not appealed yet.
        let appealed = from == RequestState::Appealed || (from, to) == (RequestState::InReview, RequestState::Appealed);
        let rejected = from == RequestState::Rejected;
        let mut tx = app.owner.begin().await.unwrap();
        for statement in [
            "ALTER TABLE licence_requests DISABLE TRIGGER USER",
            "ALTER TABLE decisions DISABLE TRIGGER USER",
            "DELETE FROM returned_fields",
            "DELETE FROM decisions",
        ] {
            sqlx::query(statement).execute(&mut *tx).await.unwrap();
        }
        sqlx::query(
            "UPDATE licence_requests SET state = $1, claimed_by = $2, claimed_at = created_at, settled_at = NULL,
                 appealed_at = CASE WHEN $3 THEN created_at END,
                 submitted_at = CASE WHEN $1 = 'draft' THEN NULL ELSE created_at END",
        )
        .bind(from.code())
        .bind(reviewer)
        .bind(appealed)
        .execute(&mut *tx)
        .await
        .unwrap();
        if rejected {
            decision(&mut tx, "rejected").await;
        }
        for statement in
            ["ALTER TABLE licence_requests ENABLE TRIGGER USER", "ALTER TABLE decisions ENABLE TRIGGER USER"]
        {
            sqlx::query(statement).execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();

        let mut tx = app.pool.begin().await.unwrap();
        if from == RequestState::InReview && ["approved", "rejected", "returned"].contains(&to.code()) {
            decision(&mut tx, to.code()).await;
        }
        let done = sqlx::query(
            "UPDATE licence_requests SET state = $2, settled_at = created_at + interval '10 seconds',
                 claimed_at = created_at + interval '10 seconds',
                 appealed_at = CASE WHEN $2 = 'appealed' THEN coalesce(appealed_at, created_at) ELSE appealed_at END,
                 submitted_at = CASE WHEN $2 = 'draft' THEN NULL ELSE created_at END WHERE number = $1",
        )
        .bind(&number)
        .bind(to.code())
        .execute(&mut *tx)
        .await;
        tx.rollback().await.unwrap();
        assert_eq!(done.is_ok(), from.can_become(to), "{from:?} to {to:?}: {done:?}");
    }
}

/// A decision about the one request by who holds it, the moment it was claimed.
async fn decision(connection: &mut sqlx::PgConnection, outcome: &str) {
    sqlx::query(
        "WITH decision AS (
             INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at, reason)
             SELECT id, $1, claimed_by, claimed_at, claimed_at + interval '10 seconds',
                 CASE $1 WHEN 'rejected' THEN 'other' END
             FROM licence_requests RETURNING id, outcome)
         SELECT FROM decision",
    )
    .bind(outcome)
    .execute(&mut *connection)
    .await
    .unwrap();
    if outcome == "returned" {
        sqlx::query("INSERT INTO returned_fields SELECT id, 'place', 'outdated' FROM decisions")
            .execute(connection)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn the_application_can_take_a_licence_through_permitted_steps_only() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let id: Uuid = sqlx::query_scalar("SELECT id FROM licences").fetch_one(&app.pool).await.unwrap();
    let pair = officers(&app).await;
    for (from, to) in pairs(&LicenceState::ALL).filter(|(from, to)| from != to) {
        for statement in [
            "ALTER TABLE licences DISABLE TRIGGER USER",
            "UPDATE licences SET state = $1, superseded_by = CASE WHEN $1 = 'superseded' THEN id END",
            "ALTER TABLE licences ENABLE TRIGGER USER",
        ] {
            let query = sqlx::query(statement);
            let query = if statement.starts_with("UPDATE") { query.bind(from.code()) } else { query };
            query.execute(&app.owner).await.unwrap();
        }
        // By the statements that are permitted; that the bare change is not, the walks show.
        let mut tx = app.pool.begin().await.unwrap();
        let done = go(&mut tx, id, pair, to, app.clock.now()).await;
        tx.rollback().await.unwrap();
        assert_eq!(done.is_ok(), from.can_become(to), "{from:?} to {to:?}: {done:?}");
    }
}
