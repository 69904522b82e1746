//! Random acts of somebody at their test, of another, and of time, through the portal and by hand, against a model of the
//! attempts.

mod model;

use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::bank;
use crate::access::Role;
use crate::assessment::job;
use crate::testing::modelled::{Subject, call, drive_modelled, let_be, would_be};
use crate::testing::{TestApp, scale};

use model::{Act, Sittings, TIME};

struct Candidate {
    person: Uuid,
    enrolment: Uuid,
    cookie: String,
    others: String,
}

impl Candidate {
    async fn newest(&self, connection: &mut PgConnection) -> (Uuid, i16) {
        let newest =
            sqlx::query_as("SELECT id, ordinal FROM attempts WHERE enrolment_id = $1 ORDER BY ordinal DESC LIMIT 1");
        newest.bind(self.enrolment).fetch_optional(connection).await.unwrap().unwrap_or((Uuid::nil(), 1))
    }

    async fn answer(&self, app: &TestApp, place: i16, right: bool) -> bool {
        let (attempt, ordinal) = self.newest(&mut app.pool.acquire().await.unwrap()).await;
        let option: Option<Uuid> = sqlx::query_scalar(
            "SELECT o.id FROM attempt_questions q JOIN question_options o USING (question_id)
             WHERE q.attempt_id = $1 AND q.position = $2 AND o.correct = $3 LIMIT 1",
        )
        .bind(attempt)
        .bind(place)
        .bind(right)
        .fetch_optional(&app.pool)
        .await
        .unwrap();
        let texts = [self.enrolment.to_string(), ordinal.to_string(), place.to_string()];
        let option = option.unwrap_or_default().to_string();
        let [enrolment, attempt, position] = texts.each_ref().map(String::as_str);
        let fields =
            [("enrolment", enrolment), ("attempt", attempt), ("position", position), ("option", option.as_str())];
        call(app, &self.cookie, "assessment/answer", &fields).await
    }

    /// An attempt that is ended by hand has the result that was counted, whatever was written.
    async fn write(&self, app: &TestApp, state: &str) -> bool {
        let mut tx = app.pool.begin().await.unwrap();
        let (attempt, _) = self.newest(&mut tx).await;
        let counted: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM attempt_answers a JOIN question_options o ON o.id = a.option_id
             WHERE a.attempt_id = $1 AND o.correct",
        )
        .bind(attempt)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        let ended = sqlx::query("UPDATE attempts SET state = $2, finished_at = $3 WHERE id = $1")
            .bind(attempt)
            .bind(state)
            .bind(app.clock.now())
            .execute(&mut *tx)
            .await;
        let done = let_be(ended);
        if done {
            let passed: bool = sqlx::query_scalar("SELECT state = 'passed' FROM attempts WHERE id = $1")
                .bind(attempt)
                .fetch_one(&mut *tx)
                .await
                .unwrap();
            assert_eq!(passed, counted == 2);
        }
        tx.rollback().await.unwrap();
        done
    }
}

impl Subject for Candidate {
    type Model = Sittings;

    async fn begin(app: &TestApp, _: &Sittings) -> Self {
        let stocked: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT FROM questions)").fetch_one(&app.pool).await.unwrap();
        if !stocked {
            bank(app, "practitioner", 4).await;
            sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ('test_questions', 2, $1)")
                .bind(app.clock.now())
                .execute(&app.pool)
                .await
                .unwrap();
        }
        let trainer = app.staff(Role::Trainer).await;
        let session = app.session(app.programme("practitioner").await, 5, trainer).await;
        let person = app.person().await;
        let enrolment = app.attended(session, person).await;
        let (cookie, others) = (app.sign_in(person).await, app.sign_in(app.person().await).await);
        Self { person, enrolment, cookie, others }
    }

    async fn perform(&mut self, app: &TestApp, act: &Act) -> bool {
        let enrolment = self.enrolment.to_string();
        let own = [("enrolment", enrolment.as_str())];
        match act {
            Act::Start => call(app, &self.cookie, "assessment/start", &own).await,
            Act::StartAsOther => call(app, &self.others, "assessment/start", &own).await,
            Act::Answer(place, right) => self.answer(app, *place, *right).await,
            Act::HandIn => {
                let (_, ordinal) = self.newest(&mut app.pool.acquire().await.unwrap()).await;
                let ordinal = ordinal.to_string();
                let fields = [own[0], ("attempt", ordinal.as_str())];
                call(app, &self.cookie, "assessment/finish", &fields).await
            }
            Act::CloseOverdue => job::close_all(&app.pool, app.clock.now()).await.is_ok(),
            Act::Wait(_) => true,
            Act::Begin(state) => {
                let begun = sqlx::query(
                    "INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at,
                         state, finished_at, right_answers)
                     VALUES ($1, $2, 9, 70, $3::timestamptz, $3 + interval '1 hour', $4::text,
                         CASE WHEN $4 <> 'open' THEN $3 END, CASE WHEN $4 <> 'open' THEN 2 END)",
                )
                .bind(self.enrolment)
                .bind(self.person)
                .bind(app.clock.now())
                .bind(state);
                would_be(app, begun).await
            }
            Act::Write(state) => self.write(app, state).await,
            Act::WriteBare(state) => {
                let (attempt, _) = self.newest(&mut app.pool.acquire().await.unwrap()).await;
                would_be(app, sqlx::query("UPDATE attempts SET state = $2 WHERE id = $1").bind(attempt).bind(state))
                    .await
            }
            Act::AnswerByHand => {
                let (attempt, _) = self.newest(&mut app.pool.acquire().await.unwrap()).await;
                let answered = sqlx::query(
                    "INSERT INTO attempt_answers (attempt_id, question_id, option_id, saved_at)
                     SELECT q.attempt_id, q.question_id, o.id, $2
                     FROM attempt_questions q JOIN question_options o ON o.question_id = q.question_id AND o.correct
                     WHERE q.attempt_id = $1 AND q.position = 1
                     ON CONFLICT (attempt_id, question_id)
                     DO UPDATE SET option_id = excluded.option_id, saved_at = excluded.saved_at",
                )
                .bind(attempt)
                .bind(app.clock.now());
                would_be(app, answered).await
            }
            Act::Rewrite => let_be(sqlx::query("UPDATE attempts SET right_answers = 2").execute(&app.pool).await),
            Act::Erase => let_be(sqlx::query("DELETE FROM attempt_answers").execute(&app.pool).await),
        }
    }

    async fn stored(&self, app: &TestApp) -> Value {
        sqlx::query_scalar(
            "SELECT jsonb_build_object('enrolment', e.state,
                 'attempts', (SELECT coalesce(jsonb_agg(to_jsonb(a) - 'id' ORDER BY a.ordinal), '[]')
                     FROM attempts a WHERE a.enrolment_id = e.id),
                 'answers', (SELECT coalesce(jsonb_agg(jsonb_build_array(a.ordinal, q.position, o.correct)
                         ORDER BY a.ordinal, q.position), '[]')
                     FROM attempts a JOIN attempt_questions q ON q.attempt_id = a.id
                     JOIN attempt_answers s USING (attempt_id, question_id) JOIN question_options o ON o.id = s.option_id
                     WHERE a.enrolment_id = e.id))
             FROM enrolments e WHERE e.id = $1",
        )
        .bind(self.enrolment)
        .fetch_one(&app.pool)
        .await
        .unwrap()
    }

    fn expected(&self, model: &Sittings, at: &dyn Fn(i64) -> Value) -> Value {
        let mut answers = Vec::new();
        let mut attempts = Vec::new();
        for (ordinal, sitting) in (1..).zip(&model.all) {
            for (position, answer) in (1..).zip(&sitting.answers) {
                answers.extend(answer.map(|right| json!([ordinal, position, right])));
            }
            attempts.push(json!({
                "enrolment_id": self.enrolment,
                "person_id": self.person,
                "ordinal": ordinal,
                "pass_mark_percent": 70,
                "started_at": at(sitting.started),
                "deadline_at": at(sitting.started + TIME),
                "state": sitting.state(),
                "finished_at": sitting.ended.map(at),
                "right_answers": sitting.ended.map(|_| sitting.right()),
                "renews": null,
                "paper_result_id": null,
            }));
        }
        json!({ "enrolment": model.enrolment, "attempts": attempts, "answers": answers })
    }
}

#[test]
fn an_attempt_goes_where_its_model_leads_and_nowhere_else() {
    drive_modelled::<Candidate>(scale(40, 1_700), 16, 3);
}
