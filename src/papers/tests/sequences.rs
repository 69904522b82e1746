//! Random acts of a trainer, an officer and the person on the results of one paper after another, at the desks and by
//! hand, against a model of the sheets.

mod model;

use serde_json::{Value, json};
use uuid::Uuid;

use super::bank;
use crate::access::Role;
use crate::papers::model::right_field;
use crate::testing::modelled::{Subject, call, drive_modelled, let_be, would_be};
use crate::testing::{TestApp, scale};

use model::{Act, By, Papers, Sheet};

struct Hall {
    session: Uuid,
    enrolment: Uuid,
    /// The trainer, the officer and the person, with their cookies.
    people: [(Uuid, String); 3],
}

impl Hall {
    fn by(&self, by: By) -> &(Uuid, String) {
        &self.people[by as usize]
    }

    /// The newest sheet.
    async fn sheet(&self, app: &TestApp) -> Uuid {
        let newest: Option<Uuid> = sqlx::query_scalar(
            "SELECT id FROM paper_results WHERE enrolment_id = $1 ORDER BY recorded_at DESC LIMIT 1",
        )
        .bind(self.enrolment)
        .fetch_optional(&app.pool)
        .await
        .unwrap();
        newest.unwrap_or_default()
    }

    /// Decides the newest sheet at a desk.
    async fn decide(&self, app: &TestApp, by: By, endpoint: &str) -> bool {
        let (session, sheet) = (self.session.to_string(), self.sheet(app).await.to_string());
        call(app, &self.by(by).1, endpoint, &[("session", &session), ("sheet", &sheet)]).await
    }
}

impl Subject for Hall {
    type Model = Papers;

    async fn begin(app: &TestApp, _: &Papers) -> Self {
        let stocked: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT FROM questions)").fetch_one(&app.pool).await.unwrap();
        if !stocked {
            bank(app, "practitioner", 12).await;
        }
        let (trainer, officer) = (app.staff(Role::Trainer).await, app.staff(Role::Administrator).await);
        sqlx::query("INSERT INTO staff_roles (person_id, role, granted_at) VALUES ($1, 'administrator', $2)")
            .bind(trainer)
            .bind(app.clock.now())
            .execute(&app.pool)
            .await
            .unwrap();
        let session = app.session(app.programme("practitioner").await, 5, trainer).await;
        let person = app.person().await;
        let enrolment = app.attended(session, person).await;
        let people = [
            (trainer, app.sign_in(trainer).await),
            (officer, app.sign_in(officer).await),
            (person, app.sign_in(person).await),
        ];
        Self { session, enrolment, people }
    }

    async fn perform(&mut self, app: &TestApp, act: &Act) -> bool {
        let (session, enrolment) = (self.session.to_string(), self.enrolment.to_string());
        match act {
            Act::Record(by, right) => {
                let (field, right) = (right_field(self.enrolment), right.to_string());
                let fields = [("session", session.as_str()), ("asked", "20"), (field.as_str(), right.as_str())];
                call(app, &self.by(*by).1, "papers/record", &fields).await
            }
            Act::Confirm(by) => self.decide(app, *by, "papers/confirm").await,
            Act::Decline(by) => self.decide(app, *by, "papers/decline").await,
            Act::Withdraw(by) => self.decide(app, *by, "papers/withdraw").await,
            Act::Start => call(app, &self.by(By::Person).1, "assessment/start", &[("enrolment", &enrolment)]).await,
            Act::HandIn => {
                let newest: Option<i16> =
                    sqlx::query_scalar("SELECT max(ordinal) FROM attempts WHERE enrolment_id = $1")
                        .bind(self.enrolment)
                        .fetch_one(&app.pool)
                        .await
                        .unwrap();
                let attempt = newest.unwrap_or(1).to_string();
                let fields = [("enrolment", enrolment.as_str()), ("attempt", attempt.as_str())];
                call(app, &self.by(By::Person).1, "assessment/finish", &fields).await
            }
            Act::Begin(state) => {
                let begun = sqlx::query(
                    "INSERT INTO paper_results (enrolment_id, asked, right_answers, recorded_by, recorded_at, state)
                     VALUES ($1, 20, 20, $2, $3, $4)",
                )
                .bind(self.enrolment)
                .bind(self.by(By::Trainer).0)
                .bind(app.clock.now())
                .bind(state);
                would_be(app, begun).await
            }
            Act::Write(state, by) => {
                let statement = "UPDATE paper_results SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1";
                let query = sqlx::query(statement).bind(self.sheet(app).await).bind(state);
                let_be(query.bind(self.by(*by).0).bind(app.clock.now()).execute(&app.pool).await)
            }
            Act::WriteBare(state) => {
                let query = sqlx::query("UPDATE paper_results SET state = $2 WHERE id = $1");
                let_be(query.bind(self.sheet(app).await).bind(state).execute(&app.pool).await)
            }
            Act::Rewrite => let_be(sqlx::query("UPDATE paper_results SET right_answers = 20").execute(&app.pool).await),
            Act::Delete => let_be(sqlx::query("DELETE FROM paper_results").execute(&app.pool).await),
        }
    }

    async fn stored(&self, app: &TestApp) -> Value {
        sqlx::query_scalar(
            "SELECT jsonb_build_object('enrolment', e.state,
                 'sheets', (SELECT coalesce(jsonb_agg(to_jsonb(r) - 'id' ORDER BY r.recorded_at), '[]')
                     FROM paper_results r WHERE r.enrolment_id = e.id),
                 'attempts', (SELECT coalesce(jsonb_agg(jsonb_build_array(
                         a.paper_result_id IS NOT NULL, a.right_answers, a.state) ORDER BY a.ordinal), '[]')
                     FROM attempts a WHERE a.enrolment_id = e.id))
             FROM enrolments e WHERE e.id = $1",
        )
        .bind(self.enrolment)
        .fetch_one(&app.pool)
        .await
        .unwrap()
    }

    fn expected(&self, model: &Papers, at: &dyn Fn(i64) -> Value) -> Value {
        let sheet = |sheet: &Sheet| {
            json!({
                "enrolment_id": self.enrolment,
                "asked": 20,
                "right_answers": sheet.right,
                "pass_mark_percent": 70,
                "recorded_by": self.by(By::Trainer).0,
                "recorded_at": at(sheet.recorded),
                "state": sheet.state,
                "decided_by": sheet.decided.map(|(_, by)| self.by(by).0),
                "decided_at": sheet.decided.map(|(second, _)| at(second)),
            })
        };
        let attempt = |(paper, right): &(bool, Option<i16>)| {
            let state = match right {
                None => "open",
                Some(right) if *right >= 14 => "passed",
                Some(_) => "failed",
            };
            json!([paper, right, state])
        };
        json!({
            "enrolment": model.enrolment,
            "sheets": model.sheets.iter().map(sheet).collect::<Vec<_>>(),
            "attempts": model.attempts.iter().map(attempt).collect::<Vec<_>>(),
        })
    }
}

#[test]
fn a_sheet_goes_where_its_model_leads_and_nowhere_else() {
    drive_modelled::<Hall>(scale(40, 1_700), 16, 4);
}
