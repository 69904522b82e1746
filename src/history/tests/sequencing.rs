//! Each event gets one leaf, in order, whoever gives them at once.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{events, found, keep, leaves, licence, one};
use crate::history::sequence;
use crate::history::store::{self, NewLeaf};
use crate::oversight::tests::{corrected, officers, suspended};
use crate::testing::TestApp;

async fn suspend(connection: &mut PgConnection, licence: Uuid, officer: Uuid, at: OffsetDateTime) -> i64 {
    sqlx::query_scalar(
        "INSERT INTO licence_events (licence_id, event, reason, actor_id, at)
         VALUES ($1, 'suspended', 'holder_asked', $2, $3) RETURNING id",
    )
    .bind(licence)
    .bind(officer)
    .bind(at)
    .fetch_one(connection)
    .await
    .unwrap()
}

#[tokio::test]
async fn every_event_gets_its_leaf_in_order_and_none_gets_two() {
    let app = TestApp::start().await;
    let (first, second) = (one(&app).await, one(&app).await);
    suspended(&app, &first).await;
    corrected(&app, &second).await;
    let expected: Vec<(i64, i64)> = (0..).zip(events(&app).await).collect();
    assert_eq!(expected.len(), 5);
    assert_eq!(sequence(&app.state).await.unwrap(), 5);
    assert_eq!(leaves(&app).await, expected);
    assert_eq!(sequence(&app.state).await.unwrap(), 0);
    suspended(&app, &one(&app).await).await;
    assert_eq!(sequence(&app.state).await.unwrap(), 2);
    assert_eq!(leaves(&app).await[..5], expected);
}

#[tokio::test]
async fn sequencers_at_once_give_no_double_and_leave_no_gap() {
    let app = TestApp::start().await;
    for _ in 0..6 {
        let (number, sequencers) = (one(&app).await, [(); 8]);
        let tasks = sequencers.map(|()| {
            let state = app.state.clone();
            tokio::spawn(async move { sequence(&state).await.unwrap() })
        });
        suspended(&app, &number).await;
        for task in tasks {
            task.await.unwrap();
        }
    }
    sequence(&app.state).await.unwrap();
    let leaves = leaves(&app).await;
    assert!(leaves.iter().map(|(position, _)| *position).eq(0..12));
    let mut logged: Vec<i64> = leaves.into_iter().map(|(_, event)| event).collect();
    logged.sort_unstable();
    assert_eq!(logged, events(&app).await);
    keep(&app).await;
    assert_eq!(found(&app, None).await, []);
}

#[tokio::test]
async fn an_event_that_commits_late_gets_its_leaf_late() {
    let app = TestApp::start().await;
    let [slow, quick] = [licence(&app, &one(&app).await).await, licence(&app, &one(&app).await).await];
    let [officer, _] = officers(&app).await;
    let now = app.clock.now();
    let mut late = app.pool.begin().await.unwrap();
    let late_event = suspend(&mut late, slow, officer, now).await;
    let mut soon = app.pool.begin().await.unwrap();
    let soon_event = suspend(&mut soon, quick, officer, now).await;
    soon.commit().await.unwrap();
    assert!(late_event < soon_event);
    assert_eq!(sequence(&app.state).await.unwrap(), 3);
    late.commit().await.unwrap();
    assert_eq!(sequence(&app.state).await.unwrap(), 1);
    assert_eq!(leaves(&app).await[2..], [(2, soon_event), (3, late_event)]);
    keep(&app).await;
    assert_eq!(found(&app, None).await, []);
}

#[tokio::test]
async fn a_sequencer_that_dies_leaves_nothing_half_done() {
    let app = TestApp::start().await;
    one(&app).await;
    one(&app).await;
    let event = events(&app).await[0];
    let mut tx = app.pool.begin().await.unwrap();
    store::take_turn(&mut tx).await.unwrap();
    let leaf = || NewLeaf { event_id: event, salt: [1; 16], hash: [2; 32] };
    store::add_leaves(&mut tx, 0, &[leaf()]).await.unwrap();
    drop(tx);
    assert_eq!((leaves(&app).await, sequence(&app.state).await.unwrap()), (Vec::new(), 2));
    let nodes: i64 = sqlx::query_scalar("SELECT count(*) FROM log_nodes").fetch_one(&app.pool).await.unwrap();
    assert_eq!(nodes, 1);
    keep(&app).await;
    assert_eq!(found(&app, None).await, []);
}

/// The constraint by which the database refuses a statement to the application and to the owner; `None` where the
/// application has no right to it at all.
async fn refused(app: &TestApp, statement: &'static str) -> [Option<String>; 2] {
    let mut refusals = [None, None];
    for (pool, refusal) in [&app.pool, &app.owner].into_iter().zip(&mut refusals) {
        let error = sqlx::query(statement).execute(pool).await.unwrap_err();
        *refusal = error.as_database_error().unwrap().constraint().map(str::to_owned);
    }
    refusals
}

#[tokio::test]
async fn the_database_refuses_gaps_doubles_and_rewriting() {
    let app = TestApp::start().await;
    one(&app).await;
    keep(&app).await;
    one(&app).await;
    let both = |name: &str| [Some(name.to_owned()), Some(name.to_owned())];
    let owner = |name: &str| [None, Some(name.to_owned())];
    for (statement, refusal) in [
        (
            "INSERT INTO log_leaves SELECT 2, event_id, decode(repeat('00', 16), 'hex'), sha256('') FROM log_waiting",
            both("log_leaves_without_gap"),
        ),
        (
            "INSERT INTO log_leaves SELECT 0, event_id, decode(repeat('00', 16), 'hex'), sha256('') FROM log_waiting",
            both("log_leaves_pkey"),
        ),
        ("INSERT INTO log_leaves SELECT 1, event_id, salt, hash FROM log_leaves", both("log_leaves_one_an_event")),
        ("UPDATE log_leaves SET hash = sha256('')", owner("log_leaves_append_only")),
        ("DELETE FROM log_leaves", owner("log_leaves_append_only")),
        ("UPDATE log_checkpoints SET size = 7", owner("log_checkpoints_append_only")),
        ("DELETE FROM log_checkpoints", owner("log_checkpoints_append_only")),
        (
            "INSERT INTO log_checkpoints (size, root, signed_at, note) VALUES (1, sha256('x'), now(), '')",
            both("log_checkpoints_root"),
        ),
        (
            "INSERT INTO log_checkpoints (size, root, signed_at, note) VALUES (0, log_root(0), now(), '')",
            both("log_checkpoints_onward"),
        ),
        (
            "INSERT INTO log_checkpoints (size, root, signed_at, note)
             SELECT size, root, signed_at + interval '59 minutes', '' FROM log_checkpoints",
            both("log_checkpoints_once_an_hour"),
        ),
    ] {
        assert_eq!(refused(&app, statement).await, refusal, "{statement}");
    }
    for statement in [
        "DELETE FROM log_waiting",
        "INSERT INTO log_waiting VALUES (1)",
        "UPDATE log_waiting SET since = now()",
        "INSERT INTO log_nodes VALUES (1, 9, sha256(''))",
        "DELETE FROM log_nodes",
        "TRUNCATE log_leaves",
    ] {
        let error = sqlx::query(statement).execute(&app.pool).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().code().as_deref(), Some("42501"), "{statement}");
    }
}
