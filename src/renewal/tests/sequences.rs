//! Random acts of a reviewer with a batch, of another at the queue, of the job and of time on one renewal, through the
//! portal and by hand, against a model of the batch's rows.

mod model;

use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use super::{Holder, KIND, module};
use crate::access::Role;
use crate::licences::tests::{licensed, ready};
use crate::renewal::job::work_off;
use crate::review::model::Pool;
use crate::review::store::take_next;
use crate::testing::modelled::{Subject, call, drive_modelled, let_be, would_be};
use crate::testing::{TestApp, scale};

use model::{Act, Batch, Batches, Request, STATES};

struct Renewal {
    holder: Holder,
    request: Uuid,
    reviewer: Uuid,
    other: Uuid,
    /// Of the two.
    cookies: [String; 2],
}

impl Renewal {
    /// The newest batch.
    async fn batch(&self, app: &TestApp) -> Uuid {
        let newest: Option<Uuid> = sqlx::query_scalar(
            "SELECT id FROM renewal_batches WHERE reviewer_id = $1 ORDER BY started_at DESC LIMIT 1",
        )
        .bind(self.reviewer)
        .fetch_optional(&app.pool)
        .await
        .unwrap();
        newest.unwrap_or_default()
    }
}

/// Takes what the sequence before left open out of the way of the next: who holds it is idle in the end.
async fn clear(app: &TestApp) {
    for statement in [
        "ALTER TABLE licence_requests DISABLE TRIGGER USER",
        "UPDATE licence_requests SET state = 'withdrawn' WHERE state NOT IN ('approved', 'rejected')",
        "ALTER TABLE licence_requests ENABLE TRIGGER USER",
    ] {
        sqlx::query(statement).execute(&app.owner).await.unwrap();
    }
}

impl Subject for Renewal {
    type Model = Batches;

    async fn begin(app: &TestApp, _: &Batches) -> Self {
        clear(app).await;
        let published: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT FROM renewal_modules)").fetch_one(&app.pool).await.unwrap();
        if !published {
            module(app, KIND, 6).await;
        }
        // Of two years, some thirty days are left.
        let person = ready(app, KIND).await;
        let number = licensed(app, person, KIND, app.clock.now() - Duration::days(700)).await;
        let (licence, until) = sqlx::query_as("SELECT id, upper(valid) FROM licences WHERE number = $1")
            .bind(number.digits())
            .fetch_one(&app.pool)
            .await
            .unwrap();
        let holder = Holder { person, number, licence, until };
        holder.passes_module(app).await;
        holder.asks(app).await;
        let request = sqlx::query_scalar("SELECT id FROM licence_requests WHERE renews = $1")
            .bind(licence)
            .fetch_one(&app.pool)
            .await
            .unwrap();
        let (reviewer, other) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
        let cookies = [app.sign_in(reviewer).await, app.sign_in(other).await];
        Self { holder, request, reviewer, other, cookies }
    }

    async fn perform(&mut self, app: &TestApp, act: &Act) -> bool {
        let batch = self.batch(app).await;
        match act {
            Act::Start => call(app, &self.cookies[0], "renewal/approve_waiting", &[]).await,
            Act::Stop(own) => {
                let batch = batch.to_string();
                call(app, &self.cookies[usize::from(!own)], "renewal/stop_batch", &[("batch", &batch)]).await
            }
            Act::WorkOff => work_off(&app.state, batch).await.is_ok(),
            Act::Take => {
                let mut tx = app.pool.begin().await.unwrap();
                let taken = take_next(&mut tx, self.other, &Pool::default(), app.clock.now()).await.unwrap();
                tx.commit().await.unwrap();
                taken.is_some()
            }
            Act::Undo => {
                let made: Option<Uuid> = sqlx::query_scalar("SELECT id FROM decisions WHERE request_id = $1")
                    .bind(self.request)
                    .fetch_optional(&app.pool)
                    .await
                    .unwrap();
                let made = made.unwrap_or_default().to_string();
                call(app, &self.cookies[0], "review/undo", &[("decision", &made)]).await
            }
            Act::Wait(_) => true,
            Act::Write(state) => let_be(
                sqlx::query("UPDATE renewal_batch_rows SET state = $2 WHERE batch_id = $1")
                    .bind(batch)
                    .bind(state)
                    .execute(&app.pool)
                    .await,
            ),
            Act::WriteWhole(state) => let_be(
                sqlx::query(
                    "UPDATE renewal_batch_rows r SET state = $2,
                         decision_id = coalesce(decision_id, (SELECT d.id FROM decisions d WHERE d.request_id = r.request_id
                             AND $2::text = 'approved'))
                     WHERE batch_id = $1",
                )
                .bind(batch)
                .bind(state)
                .execute(&app.pool)
                .await,
            ),
            Act::Begin(state) => {
                let begun = sqlx::query(
                    "INSERT INTO renewal_batch_rows (batch_id, licence_id, request_id, state, decision_id)
                     SELECT batch_id, licence_id, request_id, $2::text, decision_id
                     FROM renewal_batch_rows WHERE batch_id = $1",
                )
                .bind(batch)
                .bind(state);
                would_be(app, begun).await
            }
            Act::Delete => let_be(sqlx::query("DELETE FROM renewal_batch_rows").execute(&app.pool).await),
        }
    }

    async fn stored(&self, app: &TestApp) -> Value {
        sqlx::query_scalar(
            "SELECT jsonb_build_object(
                 'request', (SELECT state FROM licence_requests WHERE id = $2),
                 'licences', (SELECT count(*) FROM licences WHERE request_id = $2),
                 'batches', (SELECT coalesce(jsonb_agg(jsonb_build_object('batch', to_jsonb(b) - 'id',
                         'row', to_jsonb(r) - 'batch_id' - 'decision_id', 'decided', d.decided_at) ORDER BY b.started_at), '[]')
                     FROM renewal_batches b JOIN renewal_batch_rows r ON r.batch_id = b.id
                     LEFT JOIN decisions d ON d.id = r.decision_id WHERE b.reviewer_id = $1))",
        )
        .bind(self.reviewer)
        .bind(self.request)
        .fetch_one(&app.pool)
        .await
        .unwrap()
    }

    fn expected(&self, model: &Batches, at: &dyn Fn(i64) -> Value) -> Value {
        let batch = |batch: &Batch| {
            json!({
                "batch": {
                    "reviewer_id": self.reviewer,
                    "started_at": at(batch.started),
                    "stopped_at": batch.stopped.map(at),
                    "finished_at": batch.finished.map(at),
                },
                "row": { "licence_id": self.holder.licence, "request_id": self.request, "state": batch.row },
                "decided": batch.decided.map(at),
            })
        };
        json!({
            "request": match model.request {
                Request::Waits => "submitted",
                Request::Issued => "approved",
                _ => "in_review",
            },
            "licences": u8::from(model.request == Request::Issued),
            "batches": model.all.iter().map(batch).collect::<Vec<_>>(),
        })
    }
}

#[test]
fn a_row_goes_where_its_model_leads_and_nowhere_else() {
    drive_modelled::<Renewal>(scale(40, 1_700), 16, STATES.len());
}
