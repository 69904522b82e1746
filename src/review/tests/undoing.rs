//! Ten seconds: what is undone in time never was, and nobody is told before.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{approve, decide, rejection, settle, state, take, take_effect, undo, waiting};
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::licences::tests::count;
use crate::review::model::EFFECT_AFTER;
use crate::review::store::Verdict;
use crate::server::jobs;
use crate::testing::TestApp;

const ALMOST: Duration = Duration::milliseconds(9_900);

#[tokio::test]
async fn nothing_happens_and_nobody_is_told_before_a_decision_takes_effect() {
    let app = TestApp::start().await;
    for verdict in [Verdict::Approve, rejection()] {
        let (person, number) = waiting(&app).await;
        let reviewer = app.staff(Role::Reviewer).await;
        take(&app, reviewer).await;
        let told = count(&app, "SELECT count(*) FROM messages").await;
        let licences = count(&app, "SELECT count(*) FROM licences").await;
        decide(&app, reviewer, &number, &verdict).await.unwrap();
        app.clock.advance(ALMOST - Duration::seconds(2));
        settle(&app, &number).await;
        assert_eq!(count(&app, "SELECT count(*) FROM messages").await, told);
        assert_eq!(count(&app, "SELECT count(*) FROM licences").await, licences);
        let applicant = app.sign_in(person).await;
        let (_, view) = app.get(&format!("/api/licences/request?number={number}"), Some(&applicant)).await;
        assert!(view.contains("\"state\":\"in_review\"") && view.contains("\"rejection\":null"), "{view}");
        let (_, home) = app.get("/api/accounts/home", Some(&applicant)).await;
        assert!(home.contains("\"state\":\"in_review\""), "{home}");
        take_effect(&app, &number).await;
        assert_eq!(count(&app, "SELECT count(*) FROM messages").await, told + 1);
    }
}

#[tokio::test]
async fn a_rejection_shows_at_its_effect_though_no_job_has_run() {
    let app = TestApp::start().await;
    let (person, number) = waiting(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    decide(&app, reviewer, &number, &rejection()).await.unwrap();
    app.clock.advance(EFFECT_AFTER);
    assert_eq!(state(&app, &number).await, "in_review");
    let applicant = app.sign_in(person).await;
    let (_, view) = app.get(&format!("/api/licences/request?number={number}"), Some(&applicant)).await;
    assert!(view.contains("\"state\":\"rejected\"") && view.contains("not_eligible"), "{view}");
    // And whoever acts on it finds it so.
    let answer = app.post("licences/withdraw_request", Some(&applicant), &[("number", &number)]).await;
    assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
    let fields = [("number", number.as_str()), ("text", "تظلّم")];
    assert_eq!(app.post("licences/appeal", Some(&applicant), &fields).await.0, StatusCode::OK);
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'request_rejected'").await, 1);
    settle(&app, &number).await;
    assert_eq!(state(&app, &number).await, "appealed", "the late job finds nothing to do");
}

#[tokio::test]
async fn a_decision_is_undone_within_ten_seconds_by_who_made_it() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let (reviewer, other) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    take(&app, reviewer).await;
    let decision = approve(&app, reviewer, &number).await.unwrap();
    assert_eq!(approve(&app, reviewer, &number).await, Problem::RequestTakenBack.refused(), "decided already");
    app.clock.advance(ALMOST - Duration::seconds(2));
    assert_eq!(undo(&app, other, decision).await, Err(AppError::NotFound));
    assert_eq!(undo(&app, reviewer, Uuid::new_v4()).await, Err(AppError::NotFound));
    assert_eq!(undo(&app, reviewer, decision).await, Ok(number.clone()));
    assert_eq!(undo(&app, reviewer, decision).await, Ok(number.clone()), "again changes nothing");
    take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "in_review");
    for table in ["SELECT count(*) FROM licences", "SELECT count(*) FROM messages"] {
        assert_eq!(count(&app, table).await, 0, "{table}");
    }
    // The request is the reviewer's again, to decide another way.
    decide(&app, reviewer, &number, &rejection()).await.unwrap();
    take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "rejected");
}

#[tokio::test]
async fn after_ten_seconds_it_is_too_late_to_undo() {
    let app = TestApp::start().await;
    for settled in [false, true] {
        let (_, number) = waiting(&app).await;
        let reviewer = app.staff(Role::Reviewer).await;
        take(&app, reviewer).await;
        let decision = approve(&app, reviewer, &number).await.unwrap();
        app.clock.advance(EFFECT_AFTER);
        if settled {
            settle(&app, &number).await;
        }
        assert_eq!(undo(&app, reviewer, decision).await, Problem::TooLateToUndo.refused());
        let cookie = app.sign_in(reviewer).await;
        let answer = app.post("review/undo", Some(&cookie), &[("decision", &decision.to_string())]).await;
        assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "TooLateToUndo" })));
    }
}

#[tokio::test]
async fn the_database_refuses_what_the_code_would_not_do() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let (reviewer, other) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    take(&app, reviewer).await;
    let decision = approve(&app, reviewer, &number).await.unwrap();
    let refused = async |statement: &'static str| {
        let error = sqlx::query(statement)
            .bind(decision)
            .bind(reviewer)
            .bind(other)
            .bind(app.clock.now())
            .execute(&app.pool)
            .await
            .unwrap_err();
        let error = error.as_database_error().unwrap();
        error.constraint().map_or_else(|| error.message().to_owned(), str::to_owned)
    };
    for (statement, constraint) in [
        (
            "INSERT INTO decision_withdrawals SELECT $1, 'undone', $3, $4 WHERE $2 <> $3",
            "decision_withdrawals_by_reviewer",
        ),
        (
            "INSERT INTO decision_withdrawals SELECT $1, 'undone', $2, $4::timestamptz + interval '10 seconds'
             WHERE $2 <> $3",
            "decision_withdrawals_in_time",
        ),
        (
            "INSERT INTO decision_withdrawals SELECT $1, 'lapsed', NULL, $4 WHERE $2 <> $3",
            "decision_withdrawals_in_time",
        ),
        (
            "UPDATE licence_requests SET state = 'approved', settled_at = $4
             WHERE id = (SELECT request_id FROM decisions WHERE id = $1) AND $2 <> $3",
            "licence_requests_decided",
        ),
        (
            "UPDATE licence_requests SET state = 'rejected', settled_at = $4::timestamptz + interval '1 hour'
             WHERE id = (SELECT request_id FROM decisions WHERE id = $1) AND $2 <> $3",
            "licence_requests_decided",
        ),
        (
            "UPDATE licence_requests SET state = 'submitted'
             WHERE id = (SELECT request_id FROM decisions WHERE id = $1) AND $2 <> $3 AND $4 IS NOT NULL",
            "licence_requests_undecided",
        ),
        (
            "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at)
             SELECT request_id, 'approved', $2, $4, $4::timestamptz + interval '10 seconds' FROM decisions
             WHERE id = $1 AND $2 <> $3",
            "decisions_one_standing",
        ),
    ] {
        assert_eq!(refused(statement).await, constraint, "{statement}");
    }
    undo(&app, reviewer, decision).await.unwrap();
    let at_once = "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at)
        SELECT request_id, 'approved', $2, $4, $4 FROM decisions WHERE id = $1 AND $2 <> $3";
    assert_eq!(refused(at_once).await, "decisions_ten_seconds");
    for statement in ["DELETE FROM decision_withdrawals", "UPDATE decision_withdrawals SET withdrawn_at = now()"] {
        for pool in [&app.pool, &app.owner] {
            assert!(sqlx::query(statement).execute(pool).await.is_err(), "{statement}");
        }
    }
}

#[tokio::test]
async fn an_applicant_who_withdraws_in_time_overtakes_the_decision() {
    let app = TestApp::start().await;
    let (person, number) = waiting(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    approve(&app, reviewer, &number).await.unwrap();
    let applicant = app.sign_in(person).await;
    let fields = [("number", number.as_str())];
    assert_eq!(app.post("licences/withdraw_request", Some(&applicant), &fields).await.0, StatusCode::OK);
    take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "withdrawn");
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 0);
    assert_eq!(count(&app, "SELECT count(*) FROM decision_withdrawals WHERE kind = 'overtaken'").await, 1);
}

#[tokio::test]
async fn the_queue_settles_a_decision_by_its_job() {
    let app = TestApp::start().await;
    // Decided when the job is due at once by the database's clock.
    app.clock.advance(-EFFECT_AFTER);
    let (_, number) = waiting(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    let decision = approve(&app, reviewer, &number).await.unwrap();
    let waiting: i64 =
        sqlx::query_scalar("SELECT count(*) FROM graphile_worker.jobs WHERE task_identifier = 'take_effect'")
            .fetch_one(&app.owner)
            .await
            .unwrap();
    assert_eq!(waiting, 1, "{decision}");
    app.clock.advance(EFFECT_AFTER + Duration::seconds(1));
    let issued = async {
        while count(&app, "SELECT count(*) FROM licences").await == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), jobs::run(app.state.clone(), crate::cli::tasks, issued))
        .await
        .expect("the job issues the licence");
    assert_eq!(state(&app, &number).await, "approved");
    let late =
        "SELECT count(*) FROM licences l JOIN decisions d USING (request_id) WHERE l.issued_at <> d.effective_at";
    assert_eq!(count(&app, late).await, 0, "dated by the effect, however late the job");
}
