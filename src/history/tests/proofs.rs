//! Proofs that an event is in the log, checked by RFC 6962's own words.

use std::time::Instant;

use sqlx::Executor;

use super::{events, hashes, keep, one, past_guards};
use crate::error::AppError;
use crate::history::model::{Hash, Shown, includes, path, path_by_definition, root_by_definition};
use crate::history::{prove, sequence, store};
use crate::oversight::tests::suspended;
use crate::testing::{TestApp, scale};

/// Puts so many leaves of no event after those that are there.
async fn fill(app: &TestApp, size: usize) {
    app.owner.execute("ALTER TABLE log_leaves DROP CONSTRAINT IF EXISTS log_leaves_event_id_fkey").await.unwrap();
    let mut at = hashes(app).await.len();
    while at < size {
        let end = size.min(at + 50_000);
        sqlx::query(
            "INSERT INTO log_leaves SELECT g, -g, decode(repeat('00', 16), 'hex'), sha256(int8send(g))
             FROM generate_series($1::bigint, $2 - 1) g",
        )
        .bind(i64::try_from(at).unwrap())
        .bind(i64::try_from(end).unwrap())
        .execute(&app.owner)
        .await
        .unwrap();
        at = end;
    }
}

async fn asked(app: &TestApp, position: usize, size: usize) -> Vec<Hash> {
    let nodes = path(position as u64, size as u64).unwrap();
    store::node_hashes(&mut app.pool.acquire().await.unwrap(), &nodes, size as u64).await.unwrap()
}

async fn root(app: &TestApp, size: usize) -> Hash {
    let root: Vec<u8> = sqlx::query_scalar("SELECT log_root($1)")
        .bind(i64::try_from(size).unwrap())
        .fetch_one(&app.pool)
        .await
        .unwrap();
    root.try_into().unwrap()
}

#[tokio::test]
async fn every_leaf_of_every_size_is_proved_as_the_standard_says() {
    let app = TestApp::start().await;
    fill(&app, 70).await;
    let hashes = hashes(&app).await;
    for size in 1..=70 {
        assert_eq!(root(&app, size).await, root_by_definition(&hashes[..size]), "{size}");
        for position in 0..size {
            let expected = path_by_definition(position, &hashes[..size]);
            assert_eq!(asked(&app, position, size).await, expected, "{position} of {size}");
        }
    }
    assert_eq!(root(&app, 0).await, root_by_definition(&[]));
}

#[tokio::test]
async fn a_proof_over_a_million_leaves_takes_milliseconds() {
    let app = TestApp::start().await;
    let leaves = scale(20_000, 1_000_000);
    fill(&app, leaves).await;
    app.owner.execute("ANALYZE log_leaves, log_nodes").await.unwrap();
    let hashes = hashes(&app).await;
    let root = root_by_definition(&hashes);
    let began = Instant::now();
    let mut proofs = Vec::new();
    let some = (0..50).map(|turn| turn * 7919 % leaves).chain([0, leaves - 1]);
    for position in some {
        proofs.push((position, asked(&app, position, leaves).await));
    }
    let each = began.elapsed() / u32::try_from(proofs.len()).unwrap();
    let began = Instant::now();
    assert_eq!(self::root(&app, leaves).await, root);
    println!("{leaves} leaves: a proof in {each:?}, the root in {:?}", began.elapsed());
    assert!(each.as_millis() < 100, "{each:?}");
    for (position, proof) in proofs {
        assert_eq!(proof, path_by_definition(position, &hashes));
    }
}

#[tokio::test]
async fn an_event_is_proved_as_soon_as_it_is_written() {
    let app = TestApp::start().await;
    keep(&app).await;
    let number = one(&app).await;
    for _ in 0..4 {
        one(&app).await;
    }
    suspended(&app, &number).await;
    for (position, event) in (0..).zip(events(&app).await) {
        let proof = prove(&app.state, &[event]).await.unwrap();
        let (checkpoint, [proven]) = (&proof.checkpoint, &proof.events[..]) else { panic!("one event") };
        assert_eq!((proven.position, checkpoint.size), (position, 6));
        assert!(includes(&proven.leaf, position, &proven.path, checkpoint.size, checkpoint.root));
        let told = ["issued", "suspended"].iter().any(|event| proven.leaf.contains(event));
        assert!(told && !proven.leaf.contains("complaint_under_review"), "{}", proven.leaf);
        assert_eq!(Shown::read(&proven.leaf).unwrap().event_id, event);
        assert_eq!(checkpoint.root, root_by_definition(&hashes(&app).await));
    }
    let checkpoints: i64 =
        sqlx::query_scalar("SELECT count(*) FROM log_checkpoints").fetch_one(&app.pool).await.unwrap();
    assert_eq!(checkpoints, 2, "a newer one was signed once");
    let all = events(&app).await;
    assert_eq!(prove(&app.state, &all).await.unwrap().events.len(), 6);
    assert_eq!(prove(&app.state, &[all[0], -1]).await.err(), Some(AppError::NotFound));
    assert!(prove(&app.state, &[]).await.unwrap().events.is_empty());
}

#[tokio::test]
async fn an_event_that_was_changed_is_not_proved() {
    let app = TestApp::start().await;
    one(&app).await;
    sequence(&app.state).await.unwrap();
    past_guards(&app, &["UPDATE licence_events SET at = at - interval '1 day'"]).await;
    let event = events(&app).await[0];
    assert!(matches!(prove(&app.state, &[event]).await.err(), Some(AppError::Internal { .. })));
}
