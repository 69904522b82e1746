//! Random acts of officers on one pair of records, at the desk and by hand, against a model of the pair.

mod model;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{merge, pair_of};
use crate::access::Role;
use crate::testing::modelled::{Subject, call, drive_modelled, let_be, would_be};
use crate::testing::{TestApp, scale};

use model::{Act, By, Keep, Pair};

struct Records {
    pair: Uuid,
    staffed: Uuid,
    plain: Uuid,
    /// The officer, the one of the two, and the reviewer, with their cookies.
    people: [(Uuid, String); 3],
}

impl Records {
    fn by(&self, by: By) -> &(Uuid, String) {
        &self.people[by as usize]
    }

    /// Who goes and who stays.
    fn way(&self, keep: Keep) -> (Uuid, Uuid) {
        match keep {
            Keep::Staffed => (self.plain, self.staffed),
            Keep::Plain => (self.staffed, self.plain),
        }
    }
}

impl Subject for Records {
    type Model = Pair;

    async fn begin(app: &TestApp, _: &Pair) -> Self {
        let (staffed, plain) = (app.staff(Role::Administrator).await, app.verified_person().await);
        let pair = pair_of(app, staffed, plain).await;
        let officer = app.staff(Role::Administrator).await;
        let reviewer = app.staff(Role::Reviewer).await;
        let people = [
            (officer, app.sign_in(officer).await),
            (staffed, app.sign_in(staffed).await),
            (reviewer, app.sign_in(reviewer).await),
        ];
        Self { pair, staffed, plain, people }
    }

    async fn perform(&mut self, app: &TestApp, act: &Act) -> bool {
        let pair = self.pair.to_string();
        match act {
            Act::Dismiss(by) => {
                let fields = [("pair", pair.as_str()), ("difference", "both_came")];
                call(app, &self.by(*by).1, "merging/dismiss", &fields).await
            }
            Act::Merge(by, keep) => {
                let (status, answer) = merge(app, &self.by(*by).1, self.pair, self.way(*keep).1).await;
                assert!(!status.is_server_error(), "{answer}");
                status.is_success()
            }
            Act::MergeByHand(by, keep) => {
                let (gone, kept) = self.way(*keep);
                let_be(
                    sqlx::query(
                        "INSERT INTO merges (person_id, into_id, pair_id, reason, merged_by, merged_at)
                         VALUES ($1, $2, $3, 'holder_asked', $4, $5)",
                    )
                    .bind(gone)
                    .bind(kept)
                    .bind(self.pair)
                    .bind(self.by(*by).0)
                    .bind(app.clock.now())
                    .execute(&app.pool)
                    .await,
                )
            }
            Act::Write(state, by) => let_be(
                sqlx::query(
                    "UPDATE likely_pairs SET state = $2::text, settled_at = $3, settled_by = $4,
                         reason = CASE $2 WHEN 'merged' THEN 'holder_asked' ELSE 'no_evidence' END WHERE id = $1",
                )
                .bind(self.pair)
                .bind(state)
                .bind(app.clock.now())
                .bind(self.by(*by).0)
                .execute(&app.pool)
                .await,
            ),
            Act::WriteBare(state) => let_be(
                sqlx::query("UPDATE likely_pairs SET state = $2 WHERE id = $1")
                    .bind(self.pair)
                    .bind(state)
                    .execute(&app.pool)
                    .await,
            ),
            Act::Begin(state) => {
                let begun = sqlx::query(
                    "INSERT INTO likely_pairs (one_id, other_id, found_at, state, settled_at, settled_by, reason)
                     VALUES (least($1::uuid, $2::uuid), greatest($1, $2), $3::timestamptz, $4::text,
                         CASE WHEN $4 <> 'waiting' THEN $3 END, CASE WHEN $4 <> 'waiting' THEN $1 END,
                         CASE WHEN $4 <> 'waiting' THEN 'no_evidence' END)",
                )
                .bind(self.by(By::Officer).0)
                .bind(self.by(By::Reviewer).0)
                .bind(app.clock.now())
                .bind(state);
                would_be(app, begun).await
            }
            Act::Rewrite => let_be(
                sqlx::query("UPDATE likely_pairs SET found_at = $2 WHERE id = $1")
                    .bind(self.pair)
                    .bind(app.clock.now())
                    .execute(&app.pool)
                    .await,
            ),
            Act::Forget => {
                let_be(sqlx::query("DELETE FROM likely_pairs WHERE id = $1").bind(self.pair).execute(&app.pool).await)
            }
        }
    }

    async fn stored(&self, app: &TestApp) -> Value {
        sqlx::query_scalar(
            "SELECT jsonb_build_object('pair', (SELECT to_jsonb(c) FROM likely_pairs c WHERE id = $1),
                 'merges', (SELECT count(*) FROM merges WHERE pair_id = $1),
                 'staffed', (SELECT merged_into FROM persons WHERE id = $2),
                 'plain', (SELECT merged_into FROM persons WHERE id = $3))",
        )
        .bind(self.pair)
        .bind(self.staffed)
        .bind(self.plain)
        .fetch_one(&app.pool)
        .await
        .unwrap()
    }

    fn expected(&self, model: &Pair, at: &dyn Fn(i64) -> Value) -> Value {
        let merged = model.state == "merged";
        let row = json!({
            "id": self.pair,
            "one_id": self.staffed.min(self.plain),
            "other_id": self.staffed.max(self.plain),
            "found_at": at(0),
            "state": model.state,
            "settled_at": model.settled.map(|(second, _)| at(second)),
            "settled_by": model.settled.map(|_| self.by(By::Officer).0),
            "reason": model.settled.map(|(_, reason)| reason),
        });
        json!({
            "pair": if model.state == "forgotten" { Value::Null } else { row },
            "merges": u8::from(merged),
            "staffed": null,
            "plain": merged.then_some(self.staffed),
        })
    }
}

#[test]
fn a_pair_goes_where_its_model_leads_and_nowhere_else() {
    drive_modelled::<Records>(scale(40, 1_700), 12, 4);
}
