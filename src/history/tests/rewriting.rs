//! Events, leaves, tree and checkpoints rewritten all at once by somebody who has the register's key as well: only what
//! was kept outside convicts.

use sqlx::PgConnection;
use time::Duration;

use super::{events, fetched, found, guarded, keep, one, past_guards, unguarded};
use crate::history::Finding;
use crate::history::model::{Checkpoint, NoteRefusal, Tree, leaf_hash, log_name};
use crate::history::store;
use crate::oversight::tests::{revoked, suspended};
use crate::server::signing_keys::SigningKeys;
use crate::signing::key_at;
use crate::testing::TestApp;

async fn rewrite_log(app: &TestApp, connection: &mut PgConnection, with_checkpoints: bool) {
    let mut tree = Tree::default();
    let size = store::size(connection).await.unwrap();
    sqlx::query("DELETE FROM log_nodes").execute(&mut *connection).await.unwrap();
    let mut notes = store::notes_between(connection, None, size).await.unwrap().into_iter().peekable();
    for leaf in store::leaves_from(connection, (0, size)).await.unwrap() {
        let facts = store::facts(connection, &[leaf.event_id]).await.unwrap().pop().unwrap();
        let hash = leaf_hash(facts.leaf(&leaf.salt));
        sqlx::query("UPDATE log_leaves SET hash = $2 WHERE event_id = $1")
            .bind(leaf.event_id)
            .bind(hash)
            .execute(&mut *connection)
            .await
            .unwrap();
        for node in tree.push(hash) {
            sqlx::query("INSERT INTO log_nodes VALUES ($1, $2, $3)")
                .bind(node.level.cast_signed())
                .bind(node.index.cast_signed())
                .bind(node.hash)
                .execute(&mut *connection)
                .await
                .unwrap();
        }
        while let Some(stored) = notes.next_if(|note| with_checkpoints && note.size == tree.size()) {
            let log = log_name(&app.state.config.origin);
            let signed = Checkpoint { log, size: stored.size, root: tree.root(), at: stored.signed_at };
            let note = signed.sign(&key_at(&app.state, stored.signed_at).unwrap());
            sqlx::query("UPDATE log_checkpoints SET root = $2, note = $3 WHERE id = $1")
                .bind(stored.id)
                .bind(signed.root)
                .bind(note)
                .execute(&mut *connection)
                .await
                .unwrap();
        }
    }
}

/// Three licences, one suspended; a checkpoint of all four leaves was kept outside, and another event was added since.
async fn register(app: &TestApp) -> (i64, String) {
    let numbers = [one(app).await, one(app).await, one(app).await];
    keep(app).await;
    app.clock.advance(Duration::HOUR);
    suspended(app, &numbers[1]).await;
    keep(app).await;
    let outside = fetched(app).await;
    app.clock.advance(Duration::HOUR);
    revoked(app, &numbers[0]).await;
    keep(app).await;
    (events(app).await[3], outside)
}

async fn backdated(app: &TestApp, event: i64, with_checkpoints: bool) {
    past_guards(app, &[&format!("UPDATE licence_events SET at = at - interval '30 days' WHERE id = {event}")]).await;
    let mut tx = unguarded(app).await;
    rewrite_log(app, &mut tx, with_checkpoints).await;
    guarded(tx).await;
}

#[tokio::test]
async fn who_rewrites_everything_is_convicted_by_a_checkpoint_kept_outside() {
    let app = TestApp::start().await;
    let (event, outside) = register(&app).await;
    assert_eq!(found(&app, Some(&outside)).await, []);
    backdated(&app, event, true).await;
    assert_eq!(found(&app, None).await, [], "the register alone can no longer tell");
    let found = found(&app, Some(&outside)).await;
    assert!(matches!(found[..], [Finding::OutsideRoot { size: 4, .. }]), "{found:?}");
}

#[tokio::test]
async fn who_has_no_key_is_convicted_by_the_checkpoints_stored_and_the_leaves_narrowed_down() {
    let app = TestApp::start().await;
    let (event, _) = register(&app).await;
    backdated(&app, event, false).await;
    let found = found(&app, None).await;
    assert!(matches!(found[..], [Finding::Root { id: 2, size: 4, intact: 3, .. }]), "{found:?}");
    assert!(found[0].to_string().contains("one of leaves 3 to 3 was changed"), "{}", found[0]);
}

#[tokio::test]
async fn who_cuts_the_history_short_is_convicted_by_a_checkpoint_kept_outside() {
    let app = TestApp::start().await;
    let (event, outside) = register(&app).await;
    past_guards(
        &app,
        &[
            &format!("DELETE FROM licence_events WHERE id >= {event}"),
            &format!("DELETE FROM log_leaves WHERE event_id >= {event}"),
            "DELETE FROM log_nodes WHERE level = 2 OR index > 0",
            "DELETE FROM log_checkpoints WHERE size > 3",
            "UPDATE licences SET state = 'active'",
        ],
    )
    .await;
    assert_eq!(found(&app, None).await, []);
    let found = found(&app, Some(&outside)).await;
    assert!(matches!(found[..], [Finding::OutsideBeyond { size: 4, leaves: 3, .. }]), "{found:?}");
}

#[tokio::test]
async fn what_is_no_checkpoint_of_the_register_is_told() {
    let app = TestApp::start().await;
    let (_, outside) = register(&app).await;
    let stranger = SigningKeys::development().signing_in(2999).unwrap();
    let keys = crate::signing::tests::trusted(&app).await;
    let log = log_name(&app.state.config.origin);
    let forged = Checkpoint::open(&outside, &log, &keys).unwrap().sign(&stranger);
    for (note, why) in [("", NoteRefusal::Form), (&outside[..40], NoteRefusal::Form), (&forged, NoteRefusal::Signature)]
    {
        assert_eq!(found(&app, Some(note)).await, [Finding::OutsideNote { why }]);
    }
}
