//! Random acts of the job, of a run thought dead, and of hands on one list, against a model of its rows.

mod model;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{unknown, valid};
use crate::bulk::job::work_off;
use crate::bulk::model::{Asked, Wrong};
use crate::bulk::store;
use crate::testing::modelled::{Subject, drive_modelled, let_be};
use crate::testing::{TestApp, scale};

use model::{Act, Found, List, STATES};

struct Sent {
    check: Uuid,
    /// The rows as they were written first.
    first: Value,
    /// Kind and days of the licence.
    licence: Value,
}

impl Sent {
    async fn rows(app: &TestApp, check: Uuid) -> Value {
        sqlx::query_scalar(
            "SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY line), '[]') FROM bulk_rows r WHERE check_id = $1",
        )
        .bind(check)
        .fetch_one(&app.pool)
        .await
        .unwrap()
    }
}

impl Subject for Sent {
    type Model = List;

    async fn begin(app: &TestApp, _: &List) -> Self {
        let find = "SELECT jsonb_build_array(number, kind, lower(valid), upper(valid)) FROM licences";
        let found: Option<Value> = sqlx::query_scalar(find).fetch_optional(&app.pool).await.unwrap();
        let licence = if let Some(licence) = found {
            licence
        } else {
            valid(app).await;
            sqlx::query_scalar(find).fetch_one(&app.pool).await.unwrap()
        };
        let rows = [
            (1, Asked::Number(licence[0].as_str().unwrap().to_owned())),
            (2, Asked::Number(unknown().digits().to_owned())),
            (3, Asked::Wrong("12".to_owned(), Wrong::Length)),
        ];
        // As the page does, which takes sixty lists an hour from one place.
        let check = store::keep(&mut app.pool.acquire().await.unwrap(), &rows, app.clock.now()).await.unwrap();
        Self { check, first: Self::rows(app, check).await, licence }
    }

    async fn perform(&mut self, app: &TestApp, act: &Act) -> bool {
        let line = |place: &usize| i32::try_from(place + 1).unwrap();
        let mut connection = app.pool.acquire().await.unwrap();
        match act {
            Act::WorkOff => work_off(&app.state, self.check).await.is_ok(),
            Act::AnswerLate => {
                store::answer(&mut connection, self.check, &[(1, None), (2, None)], app.clock.now()).await.is_ok()
            }
            Act::ForgetOld => store::forget(&mut connection, app.clock.now()).await.is_ok(),
            Act::Write(place, state) => let_be(
                sqlx::query(
                    "UPDATE bulk_rows SET state = $3::text,
                         kind = CASE WHEN $3 NOT IN ('malformed', 'waiting', 'not_found') THEN 'team_leader' END,
                         valid_from = CASE WHEN $3 NOT IN ('malformed', 'waiting', 'not_found') THEN date '2020-01-01' END,
                         valid_until = CASE WHEN $3 NOT IN ('malformed', 'waiting', 'not_found') THEN date '2022-01-01' END,
                         answered_at = CASE WHEN $3 NOT IN ('malformed', 'waiting') THEN $4::timestamptz END
                     WHERE check_id = $1 AND line = $2",
                )
                .bind(self.check)
                .bind(line(place))
                .bind(state)
                .bind(app.clock.now())
                .execute(&mut *connection)
                .await,
            ),
            Act::WriteBare(place, state) => let_be(
                sqlx::query("UPDATE bulk_rows SET state = $3 WHERE check_id = $1 AND line = $2")
                    .bind(self.check)
                    .bind(line(place))
                    .bind(state)
                    .execute(&mut *connection)
                    .await,
            ),
            Act::Rewrite => let_be(sqlx::query("UPDATE bulk_rows SET number = NULL").execute(&mut *connection).await),
            Act::Delete => let_be(sqlx::query("DELETE FROM bulk_rows").execute(&mut *connection).await),
            Act::Drop => let_be(
                sqlx::query("DELETE FROM bulk_checks WHERE id = $1").bind(self.check).execute(&mut *connection).await,
            ),
        }
    }

    async fn stored(&self, app: &TestApp) -> Value {
        Self::rows(app, self.check).await
    }

    fn expected(&self, model: &List, at: &dyn Fn(i64) -> Value) -> Value {
        if !model.there {
            return json!([]);
        }
        let mut rows = self.first.clone();
        for (place, (state, answered)) in model.rows.iter().enumerate() {
            let row = &mut rows[place];
            row["state"] = json!(state);
            let Some((second, found)) = answered else { continue };
            row["answered_at"] = at(*second);
            let facts = match found {
                Found::Nothing => continue,
                Found::Licence => [1, 2, 3].map(|fact| self.licence[fact].clone()),
                Found::Written => ["team_leader", "2020-01-01", "2022-01-01"].map(Value::from),
            };
            for (name, fact) in ["kind", "valid_from", "valid_until"].into_iter().zip(facts) {
                row[name] = fact;
            }
        }
        rows
    }
}

#[test]
fn a_row_goes_where_its_model_leads_and_nowhere_else() {
    // All of a row's states, and that its list is gone.
    drive_modelled::<Sent>(scale(40, 1_700), 12, STATES.len() + 1);
}
