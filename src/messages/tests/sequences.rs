//! Random acts of the job, the gateway, administrators and time on one delivery, through the portal and by hand, against a
//! model of the delivery.

mod model;

use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use super::{MOBILE, without_quiet_hours};
use crate::access::Role;
use crate::error::AppError;
use crate::messages::job;
use crate::messages::store::{self, Channel, Outgoing, Turn};
use crate::testing::modelled::{Subject, call, drive_modelled, let_be, would_be};
use crate::testing::{TestApp, scale};

use model::{Act, Delivery, Kind, STATES, USEFUL};

struct Letter {
    id: Uuid,
    /// The row as it was written first.
    first: Value,
    /// Cookies of an administrator and of a reviewer.
    administrator: String,
    reviewer: String,
}

impl Letter {
    async fn row(app: &TestApp, id: Uuid) -> Value {
        sqlx::query_scalar("SELECT to_jsonb(d) FROM deliveries d WHERE id = $1")
            .bind(id)
            .fetch_one(&app.pool)
            .await
            .unwrap()
    }

    fn cookie(&self, administrator: bool) -> &str {
        if administrator { &self.administrator } else { &self.reviewer }
    }

    /// What the job does, with a gateway that refuses.
    async fn fail(&self, app: &TestApp) -> Result<(), AppError> {
        let (keys, now) = (&app.state.config.keys, app.clock.now());
        let mut tx = app.pool.begin().await?;
        let turn = store::take_turn(&mut tx, keys, self.id, now).await?;
        tx.commit().await?;
        if turn == Turn::Now {
            let mut tx = app.pool.begin().await?;
            if store::give(&mut tx, keys, self.id).await?.is_some() {
                store::mark_failed(&mut tx, self.id, "answered_503", now).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }
}

impl Subject for Letter {
    type Model = Delivery;

    async fn begin(app: &TestApp, model: &Delivery) -> Self {
        let quiet: i32 = sqlx::query_scalar("SELECT setting('quiet_from_hour', NULL, $1)")
            .bind(app.clock.now())
            .fetch_one(&app.pool)
            .await
            .unwrap();
        if quiet != 0 {
            without_quiet_hours(app).await;
        }
        let mut tx = app.pool.begin().await.unwrap();
        let useful_until = (model.kind == Kind::Code).then(|| app.clock.now() + Duration::seconds(USEFUL));
        let message = Outgoing {
            person: None,
            channel: Channel::Sms,
            recipient: MOBILE,
            template: "test",
            body: "الرمز 123456",
            useful_until,
        };
        store::enqueue(&mut tx, &app.state.config.keys, &message, app.clock.now()).await.unwrap();
        // The newest: each is written at a later second.
        let (id, message): (Uuid, Uuid) = sqlx::query_as(
            "SELECT d.id, m.id FROM deliveries d JOIN messages m ON m.id = d.message_id ORDER BY m.created_at DESC LIMIT 1",
        )
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        if model.kind == Kind::Capped {
            let capped = sqlx::query("UPDATE messages SET over_cap = true WHERE id = $1").bind(message);
            capped.execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        let administrator = app.sign_in(app.staff(Role::Administrator).await).await;
        let reviewer = app.sign_in(app.staff(Role::Reviewer).await).await;
        Self { id, first: Self::row(app, id).await, administrator, reviewer }
    }

    async fn perform(&mut self, app: &TestApp, act: &Act) -> bool {
        match act {
            // In development it stays in the inbox, and counts as sent.
            Act::Send => job::send(&app.state, self.id).await.is_ok(),
            Act::Fail(times) => {
                for _ in 0..*times {
                    if self.fail(app).await.is_err() {
                        return false;
                    }
                }
                true
            }
            Act::Retry(administrator) => {
                let id = self.id.to_string();
                call(app, self.cookie(*administrator), "messages/retry", &[("id", &id)]).await
            }
            Act::RetryAll(administrator) => call(app, self.cookie(*administrator), "messages/retry_all", &[]).await,
            Act::Wait(_) => true,
            Act::Write(state) => let_be(
                sqlx::query(
                    "UPDATE deliveries SET state = $2::text, sent_at = CASE $2 WHEN 'sent' THEN $3::timestamptz END,
                         dead_at = CASE $2 WHEN 'dead' THEN $3 END WHERE id = $1",
                )
                .bind(self.id)
                .bind(state)
                .bind(app.clock.now())
                .execute(&app.pool)
                .await,
            ),
            Act::WriteBare(state) => let_be(
                sqlx::query("UPDATE deliveries SET state = $2 WHERE id = $1")
                    .bind(self.id)
                    .bind(state)
                    .execute(&app.pool)
                    .await,
            ),
            Act::Begin(state) => {
                let begun = sqlx::query(
                    "INSERT INTO deliveries (message_id, channel, recipient_sealed, recipient_hash, state, sent_at, dead_at)
                     SELECT message_id, 'email', recipient_sealed, recipient_hash, $2::text,
                         CASE $2 WHEN 'sent' THEN $3::timestamptz END, CASE $2 WHEN 'dead' THEN $3 END
                     FROM deliveries WHERE id = $1",
                )
                .bind(self.id)
                .bind(state)
                .bind(app.clock.now());
                would_be(app, begun).await
            }
            Act::Redirect => {
                let_be(sqlx::query("UPDATE deliveries SET recipient_sealed = ''").execute(&app.pool).await)
            }
            Act::Delete => let_be(sqlx::query("DELETE FROM deliveries").execute(&app.pool).await),
        }
    }

    async fn stored(&self, app: &TestApp) -> Value {
        Self::row(app, self.id).await
    }

    fn expected(&self, model: &Delivery, at: &dyn Fn(i64) -> Value) -> Value {
        let mut row = self.first.clone();
        row["state"] = json!(model.state);
        row["failures"] = json!(model.failures);
        row["last_error"] = json!(model.error);
        row["sent_at"] = json!(model.sent.map(at));
        row["dead_at"] = json!(model.dead.map(at));
        row
    }
}

#[test]
fn a_delivery_goes_where_its_model_leads_and_nowhere_else() {
    drive_modelled::<Letter>(scale(40, 1_700), 16, STATES.len());
}
