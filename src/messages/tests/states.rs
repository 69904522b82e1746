//! The state machine of a delivery, as the enum and as the database have it.

use super::{MOBILE, enqueue};
use crate::messages::model::{Channel, DeliveryState};
use crate::testing::TestApp;

fn pairs() -> impl Iterator<Item = (DeliveryState, DeliveryState)> {
    DeliveryState::ALL.into_iter().flat_map(|from| DeliveryState::ALL.map(move |to| (from, to)))
}

#[tokio::test]
async fn the_enum_mirrors_the_databases_state_machine() {
    let app = TestApp::start().await;
    let stored: Vec<(String, String)> =
        sqlx::query_as("SELECT from_state, to_state FROM state_transitions WHERE machine = 'delivery' ORDER BY 1, 2")
            .fetch_all(&app.pool)
            .await
            .unwrap();
    let mut permitted: Vec<(String, String)> = pairs()
        .filter(|(from, to)| from.can_become(*to))
        .map(|(from, to)| (from.code().to_owned(), to.code().to_owned()))
        .collect();
    permitted.sort();
    assert_eq!(permitted, stored);
}

#[tokio::test]
async fn the_application_can_take_a_delivery_through_permitted_steps_only() {
    let app = TestApp::start().await;
    enqueue(&app, Channel::Sms, MOBILE).await;
    let step = "UPDATE deliveries SET state = $1, sent_at = CASE WHEN $1 = 'sent' THEN now() END,
         dead_at = CASE WHEN $1 = 'dead' THEN now() END";
    for (from, to) in pairs().filter(|(from, to)| from != to) {
        for statement in ["ALTER TABLE deliveries DISABLE TRIGGER USER", "ALTER TABLE deliveries ENABLE TRIGGER USER"] {
            sqlx::query(statement).execute(&app.owner).await.unwrap();
            if statement.contains("DISABLE") {
                sqlx::query(step).bind(from.code()).execute(&app.owner).await.unwrap();
            }
        }
        let mut tx = app.pool.begin().await.unwrap();
        let done = sqlx::query(step).bind(to.code()).execute(&mut *tx).await;
        tx.rollback().await.unwrap();
        assert_eq!(done.is_ok(), from.can_become(to), "{from:?} to {to:?}: {done:?}");
    }
}

#[tokio::test]
async fn what_the_version_before_writes_is_delivered_too() {
    let app = TestApp::start().await;
    let keys = &app.state.config.keys;
    let id: uuid::Uuid = sqlx::query_scalar(
        "INSERT INTO messages (channel, template, recipient_sealed, recipient_hash, body_sealed, created_at)
         VALUES ('sms', 'test', $1, $2, $3, now()) RETURNING id",
    )
    .bind(keys.seal(crate::server::keys::Purpose::Mobile, MOBILE))
    .bind(keys.hash("recipient", MOBILE))
    .bind(keys.seal(crate::server::keys::Purpose::Message, "نص"))
    .fetch_one(&app.pool)
    .await
    .unwrap();
    let state = async || -> (String, Option<time::OffsetDateTime>) {
        sqlx::query_as("SELECT state, sent_at FROM deliveries WHERE id = $1 AND message_id = $1")
            .bind(id)
            .fetch_one(&app.pool)
            .await
            .unwrap()
    };
    assert_eq!(state().await, ("queued".to_owned(), None));
    sqlx::query("UPDATE messages SET sent_at = created_at WHERE id = $1").bind(id).execute(&app.pool).await.unwrap();
    let (state, sent_at) = state().await;
    assert!(state == "sent" && sent_at.is_some());
}

#[tokio::test]
async fn who_erases_a_message_erases_where_it_went() {
    let app = TestApp::start().await;
    for state in ["queued", "failed", "sent", "dead"] {
        enqueue(&app, Channel::Sms, MOBILE).await;
        for step in match state {
            "queued" => vec![],
            "dead" => vec!["failed", "dead"],
            state => vec![state],
        } {
            sqlx::query(
                "UPDATE deliveries SET state = $1, sent_at = CASE WHEN $1 = 'sent' THEN now() END,
                     dead_at = CASE WHEN $1 = 'dead' THEN now() END",
            )
            .bind(step)
            .execute(&app.owner)
            .await
            .unwrap();
        }
        sqlx::query("UPDATE messages SET body_sealed = ''").execute(&app.owner).await.unwrap();
        let (kept, now): (Vec<u8>, String) =
            sqlx::query_as("SELECT recipient_sealed, state FROM deliveries").fetch_one(&app.owner).await.unwrap();
        assert!(kept.is_empty());
        assert_eq!(now, if state == "sent" { "sent" } else { "expired" });
        for table in ["DELETE FROM deliveries", "DELETE FROM messages"] {
            sqlx::query(table).execute(&app.owner).await.unwrap();
        }
    }
}
