//! What was changed by hand is named.

use time::Duration;

use super::{events, fetched, found, keep, one, past_guards};
use crate::history::Finding;
use crate::history::model::NoteRefusal;
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::tests::{licensed, ready};
use crate::oversight::tests::{corrected, restored, revoked, suspended};
use crate::testing::TestApp;

/// A register of seven leaves and two checkpoints: the first of five.
async fn register(app: &TestApp) -> Vec<LicenceNumber> {
    let mut numbers = Vec::new();
    for _ in 0..5 {
        numbers.push(one(app).await);
    }
    keep(app).await;
    app.clock.advance(Duration::HOUR);
    suspended(app, &numbers[1]).await;
    revoked(app, &numbers[2]).await;
    keep(app).await;
    numbers
}

/// What is found after somebody did this, with the guards away.
async fn after(app: &TestApp, statement: &str) -> Vec<Finding> {
    past_guards(app, &[statement]).await;
    found(app, None).await
}

#[tokio::test]
async fn what_was_never_touched_is_as_it_was_logged() {
    let app = TestApp::start().await;
    assert_eq!(found(&app, None).await, []);
    let numbers = register(&app).await;
    restored(&app, &numbers[1]).await;
    corrected(&app, &numbers[0]).await;
    assert_eq!(found(&app, None).await, [], "some wait for their leaf");
    let outside = fetched(&app).await;
    keep(&app).await;
    assert_eq!(found(&app, Some(&outside)).await, []);
}

#[tokio::test]
async fn an_event_that_was_edited_is_named() {
    let app = TestApp::start().await;
    let numbers = register(&app).await;
    let event_id = events(&app).await[5];
    let edit = format!("UPDATE licence_events SET reason = 'holder_asked' WHERE id = {event_id}");
    let changed = Finding::Changed { position: 5, event_id, number: numbers[1].digits().to_owned() };
    assert_eq!(
        changed.to_string(),
        format!(
            "leaf 5: event {event_id} of licence {}, or the licence itself, was changed after it was logged",
            numbers[1].digits()
        )
    );
    assert_eq!(after(&app, &edit).await, [changed]);
}

#[tokio::test]
async fn the_days_of_a_licence_that_were_edited_are_named_by_its_events() {
    let app = TestApp::start().await;
    let numbers = register(&app).await;
    let number = numbers[1].digits();
    let edit =
        format!("UPDATE licences SET valid = daterange(lower(valid), upper(valid) + 9) WHERE number = '{number}'");
    let ids = events(&app).await;
    let changed = [1, 5].map(|position: usize| Finding::Changed {
        position: position as u64,
        event_id: ids[position],
        number: number.to_owned(),
    });
    assert_eq!(after(&app, &edit).await, changed);
}

#[tokio::test]
async fn a_licence_that_stands_otherwise_than_its_history_says_is_named() {
    let app = TestApp::start().await;
    let numbers = register(&app).await;
    let number = numbers[2].digits();
    let edit = format!("UPDATE licences SET state = 'active' WHERE number = '{number}'");
    let state = Finding::State { number: number.to_owned(), says: "active".to_owned(), told: "revoked".to_owned() };
    assert_eq!(after(&app, &edit).await, [state]);
}

#[tokio::test]
async fn an_event_that_was_deleted_is_named() {
    let app = TestApp::start().await;
    let numbers = register(&app).await;
    let event_id = events(&app).await[6];
    let found = after(&app, &format!("DELETE FROM licence_events WHERE id = {event_id}")).await;
    let number = numbers[2].digits().to_owned();
    let state = Finding::State { number, says: "revoked".to_owned(), told: "active".to_owned() };
    assert_eq!(found, [Finding::Gone { position: 6, event_id }, state]);
}

#[tokio::test]
async fn an_event_with_its_leaf_that_was_deleted_is_missed() {
    let app = TestApp::start().await;
    register(&app).await;
    let event_id = events(&app).await[3];
    past_guards(&app, &[&format!("DELETE FROM licence_events WHERE id = {event_id}")]).await;
    let found = after(&app, &format!("DELETE FROM log_leaves WHERE event_id = {event_id}")).await;
    assert_eq!(found[0], Finding::Gap { position: 3 });
    assert!(matches!(found[1], Finding::Root { size: 5, intact: 0, .. }), "{found:?}");
}

#[tokio::test]
async fn leaves_that_were_cut_off_are_missed() {
    let app = TestApp::start().await;
    register(&app).await;
    let found = after(&app, "DELETE FROM log_leaves WHERE position > 4").await;
    assert_eq!(found[..2], [Finding::NodesBeyond { nodes: 1 }, Finding::NoteBeyond { id: 2 }]);
    assert!(found[2..].iter().all(|one| matches!(one, Finding::Unlogged { .. })) && found.len() == 4, "{found:?}");
}

#[tokio::test]
async fn an_event_that_was_slipped_in_between_is_named() {
    let app = TestApp::start().await;
    let numbers = register(&app).await;
    // Ids are drawn twice an event, so that there is room for one.
    let slipped = events(&app).await[6] - 1;
    assert!(!events(&app).await.contains(&slipped));
    let insert = format!(
        "INSERT INTO licence_events (id, licence_id, event, at) OVERRIDING SYSTEM VALUE
         SELECT {slipped}, id, 'issued', issued_at FROM licences WHERE number = '{}'",
        numbers[0].digits()
    );
    let unlogged = Finding::Unlogged { event_id: slipped, number: numbers[0].digits().to_owned() };
    assert_eq!(after(&app, &insert).await, [unlogged]);
}

#[tokio::test]
async fn an_event_that_waits_for_long_is_told() {
    let app = TestApp::start().await;
    let number = one(&app).await;
    let at = app.clock.now();
    app.clock.advance(Duration::minutes(9));
    assert_eq!(found(&app, None).await, []);
    app.clock.advance(Duration::minutes(2));
    let found = found(&app, None).await;
    let [Finding::Late { event_id, number: late, since }] = &found[..] else { panic!("{found:?}") };
    assert_eq!((*event_id, late.as_str()), (events(&app).await[0], number.digits()));
    assert!((at - *since).abs() < Duration::MINUTE);
}

#[tokio::test]
async fn how_long_an_event_waits_counts_from_its_entry_however_old_it_is() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now() - Duration::days(400)).await;
    let (findings, audited) = super::audited(&app, None).await;
    assert_eq!((findings, audited.events, audited.leaves, audited.waiting), (vec![], 1, 0, 1));
    keep(&app).await;
    let (findings, audited) = super::audited(&app, None).await;
    assert_eq!((findings, audited.events, audited.leaves, audited.waiting), (vec![], 1, 1, 0));
}

#[tokio::test]
async fn a_tree_that_was_changed_is_named_by_the_leaves_below() {
    let app = TestApp::start().await;
    register(&app).await;
    let found = after(&app, "UPDATE log_nodes SET hash = sha256('') WHERE level = 1 AND index = 1").await;
    assert_eq!(found, [Finding::Node { first: 2, last: 3 }], "and nothing of the nodes above, which are as they were");
    let found = after(&app, "DELETE FROM log_nodes WHERE level = 2").await;
    assert_eq!(found, [Finding::Node { first: 2, last: 3 }]);
    assert_eq!(found[0].to_string(), "the stored tree was changed over leaves 2 to 3");
}

#[tokio::test]
async fn a_stored_checkpoint_that_was_changed_does_not_count() {
    let app = TestApp::start().await;
    register(&app).await;
    let found = after(&app, "UPDATE log_checkpoints SET note = replace(note, 'time 2', 'time 1') WHERE id = 1").await;
    assert_eq!(found, [Finding::Note { id: 1, why: NoteRefusal::Signature }]);
    past_guards(&app, &["UPDATE log_checkpoints SET note = replace(note, 'time 1', 'time 2') WHERE id = 1"]).await;
    let found = after(&app, "UPDATE log_checkpoints SET signed_at = signed_at - interval '1 day' WHERE id = 1").await;
    assert_eq!(found, [Finding::NoteRow { id: 1 }]);
}
