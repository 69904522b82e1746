//! Many renewals approved as one job.

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Holder, KIND, MILLISECOND, constraint, module, refused, state, take_effect};
use crate::access::Role;
use crate::licences::tests::{count, together};
use crate::renewal::job::work_off;
use crate::review::model::{EFFECT_AFTER, Pool};
use crate::review::store::take_next;
use crate::server::jobs;
use crate::testing::{TestApp, scale};

/// Renewals that wait, each with its request's number; thirty days are left of each licence.
async fn waiting(app: &TestApp, many: usize) -> Vec<(Holder, String)> {
    module(app, KIND, 6).await;
    let mut holders = Vec::new();
    for _ in 0..many {
        holders.push(Holder::new(app).await);
    }
    app.clock.stand_at(holders[0].days_before_the_end(30));
    let mut waiting = Vec::new();
    for holder in holders {
        holder.passes_module(app).await;
        let number = holder.asks(app).await;
        waiting.push((holder, number));
    }
    waiting
}

async fn batch(app: &TestApp) -> Uuid {
    sqlx::query_scalar("SELECT id FROM renewal_batches ORDER BY started_at DESC LIMIT 1")
        .fetch_one(&app.pool)
        .await
        .unwrap()
}

async fn progress(app: &TestApp, cookie: &str) -> Value {
    let (_, body) = app.get("/api/renewal/batches", Some(cookie)).await;
    serde_json::from_str::<Value>(&body).unwrap()["latest"].clone()
}

#[tokio::test]
async fn what_lacks_nothing_is_approved_and_issued_and_the_rest_is_left() {
    let app = TestApp::start().await;
    let renewals = waiting(&app, 5).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    // One is suspended since, one is on another's desk, and of one the reviewer saw the identity document.
    renewals[2].0.becomes(&app, "suspended").await;
    sqlx::query("ALTER TABLE identity_confirmations DISABLE TRIGGER USER").execute(&app.owner).await.unwrap();
    sqlx::query(
        "UPDATE identity_confirmations SET method = 'trainer', confirmed_by = $1,
             session_id = (SELECT id FROM training_sessions LIMIT 1) WHERE person_id = $2",
    )
    .bind(reviewer)
    .bind(renewals[4].0.person)
    .execute(&app.owner)
    .await
    .unwrap();
    let (_, page) = app.get("/review/renewals", Some(&cookie)).await;
    assert!(page.contains("action=\"/api/renewal/approve_waiting\"") && page.contains("5 طلبات تجديد"));
    for _ in 0..2 {
        assert_eq!(app.post("renewal/approve_waiting", Some(&cookie), &[]).await.0, StatusCode::OK);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM renewal_batches").await, 1, "starting it twice starts it once");
    let other = app.staff(Role::Reviewer).await;
    let mut tx = app.pool.begin().await.unwrap();
    let taken = take_next(&mut tx, other, &Pool::default(), app.clock.now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let batch = batch(&app).await;
    let told = count(&app, "SELECT count(*) FROM messages").await;
    work_off(&app.state, batch).await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 5, "nothing is issued before the ten seconds");
    assert_eq!(count(&app, "SELECT count(*) FROM messages").await, told);
    app.clock.advance(EFFECT_AFTER);
    work_off(&app.state, batch).await.unwrap();
    let found = progress(&app, &cookie).await;
    let left = 2 + i64::from(
        renewals.iter().any(|(_, number)| *number == taken && [0, 1, 3].iter().any(|at| renewals[*at].1 == *number)),
    );
    assert_eq!(
        (&found["finished"], &found["issued"], &found["left"]),
        (&json!(true), &json!(5 - left), &json!(left)),
        "{found}"
    );
    for (holder, number) in &renewals {
        let issued = holder.follower(&app).await.is_some();
        assert_eq!(issued, state(&app, number).await == "approved");
        let row: String = sqlx::query_scalar("SELECT state FROM renewal_batch_rows WHERE licence_id = $1")
            .bind(holder.licence)
            .fetch_one(&app.pool)
            .await
            .unwrap();
        assert_eq!(row, if issued { "issued" } else { "left" });
    }
    let (_, page) = app.get("/review/renewals", Some(&cookie)).await;
    assert!(page.contains("انتهت") && !page.contains("/api/renewal/stop_batch"));
}

#[tokio::test]
async fn it_is_stopped_by_its_reviewer_alone() {
    let app = TestApp::start().await;
    let renewals = waiting(&app, 2).await;
    let (reviewer, other) = (app.staff(Role::Reviewer).await, app.staff(Role::Reviewer).await);
    let (cookie, other) = (app.sign_in(reviewer).await, app.sign_in(other).await);
    app.post("renewal/approve_waiting", Some(&cookie), &[]).await;
    let id = batch(&app).await;
    let stop =
        async |cookie: &str, batch: &str| app.post("renewal/stop_batch", Some(cookie), &[("batch", batch)]).await;
    assert_eq!(stop(&other, &id.to_string()).await.0, StatusCode::NOT_FOUND);
    assert_eq!(stop(&cookie, &Uuid::new_v4().to_string()).await.0, StatusCode::NOT_FOUND);
    assert_eq!(stop(&cookie, "x").await.0, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        assert_eq!(stop(&cookie, &id.to_string()).await.0, StatusCode::OK);
    }
    work_off(&app.state, id).await.unwrap();
    for (_, number) in &renewals {
        assert_eq!(state(&app, number).await, "submitted");
    }
    // Finished now; the next may begin, and runs to its end.
    app.clock.advance(MILLISECOND);
    app.post("renewal/approve_waiting", Some(&cookie), &[]).await;
    let next = batch(&app).await;
    assert_ne!(next, id);
    work_off(&app.state, next).await.unwrap();
    app.clock.advance(EFFECT_AFTER);
    work_off(&app.state, next).await.unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 4);
    assert_eq!(stop(&cookie, &next.to_string()).await, refused("NoLongerPossible"));
    app.clock.advance(MILLISECOND);
    assert_eq!(
        app.post("renewal/approve_waiting", Some(&cookie), &[]).await,
        refused("NoLongerPossible"),
        "none waits"
    );
}

#[tokio::test]
async fn who_is_no_reviewer_any_more_approves_nothing() {
    let app = TestApp::start().await;
    let renewals = waiting(&app, 1).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    app.post("renewal/approve_waiting", Some(&cookie), &[]).await;
    sqlx::query("UPDATE staff_roles SET revoked_at = now() WHERE person_id = $1")
        .bind(reviewer)
        .execute(&app.owner)
        .await
        .unwrap();
    work_off(&app.state, batch(&app).await).await.unwrap();
    assert_eq!(state(&app, &renewals[0].1).await, "submitted");
    assert_eq!(count(&app, "SELECT count(*) FROM decisions").await, 1, "the first licence's alone");
}

#[tokio::test]
async fn run_twice_at_once_it_does_each_once() {
    let app = TestApp::start().await;
    let renewals = waiting(&app, scale(8, 40)).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    app.post("renewal/approve_waiting", Some(&cookie), &[]).await;
    let batch = batch(&app).await;
    for _ in 0..2 {
        for done in together((0..3).map(|_| work_off(&app.state, batch))).await {
            done.unwrap();
        }
        app.clock.advance(EFFECT_AFTER);
    }
    let many = i64::try_from(renewals.len()).unwrap();
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 2 * many);
    assert_eq!(count(&app, "SELECT count(*) FROM decisions").await, 2 * many);
    assert_eq!(count(&app, "SELECT count(*) FROM renewal_batch_rows WHERE state = 'issued'").await, many);
}

#[tokio::test]
async fn an_approval_that_its_reviewer_undoes_is_left() {
    let app = TestApp::start().await;
    let renewals = waiting(&app, 1).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    app.post("renewal/approve_waiting", Some(&cookie), &[]).await;
    let batch = batch(&app).await;
    work_off(&app.state, batch).await.unwrap();
    let decision: Uuid =
        sqlx::query_scalar("SELECT decision_id FROM renewal_batch_rows").fetch_one(&app.pool).await.unwrap();
    let undone = app.post("review/undo", Some(&cookie), &[("decision", &decision.to_string())]).await;
    assert_eq!(undone.0, StatusCode::OK);
    take_effect(&app, &renewals[0].1).await;
    work_off(&app.state, batch).await.unwrap();
    assert_eq!(progress(&app, &cookie).await["left"], 1);
    assert_eq!(state(&app, &renewals[0].1).await, "in_review");
}

#[tokio::test]
async fn the_queue_runs_it() {
    let app = TestApp::start().await;
    let renewals = waiting(&app, 2).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    app.post("renewal/approve_waiting", Some(&cookie), &[]).await;
    // The queue goes by the database's clock, which the test's has left behind.
    sqlx::query("UPDATE graphile_worker._private_jobs SET run_at = now()").execute(&app.owner).await.unwrap();
    app.clock.advance(EFFECT_AFTER);
    let approved = async {
        while count(&app, "SELECT count(*) FROM renewal_batch_rows WHERE state = 'waiting'").await > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), jobs::run(app.state.clone(), crate::cli::tasks, approved))
        .await
        .expect("the job approves what waits");
    assert_eq!(count(&app, "SELECT count(*) FROM renewal_batch_rows WHERE state = 'approved'").await, 2);
    assert_eq!(state(&app, &renewals[0].1).await, "in_review");
}

#[tokio::test]
async fn a_row_says_what_was_done_and_stands_once() {
    let app = TestApp::start().await;
    waiting(&app, 1).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    app.post("renewal/approve_waiting", Some(&cookie), &[]).await;
    for (statement, expected) in [
        (
            "INSERT INTO renewal_batch_rows (batch_id, licence_id, request_id)
             SELECT batch_id, licence_id, request_id FROM renewal_batch_rows",
            "renewal_batch_rows_once",
        ),
        (
            "INSERT INTO renewal_batch_rows (batch_id, licence_id, request_id)
             SELECT b.id, l.id, q.id FROM renewal_batches b, licences l, licence_requests q WHERE q.renews IS NULL",
            "renewal_batch_rows_true",
        ),
        ("UPDATE renewal_batch_rows SET state = 'issued'", "renewal_row_transition"),
        (
            "UPDATE renewal_batch_rows SET state = 'approved', decision_id = (SELECT id FROM decisions LIMIT 1)",
            "renewal_batch_rows_true",
        ),
    ] {
        let error = sqlx::query(statement).execute(&app.pool).await.unwrap_err();
        let refusal = constraint(error);
        // The guard of the row may speak before the guard of its states.
        assert!(refusal == expected || refusal == "renewal_batch_rows_true", "{statement}: {refusal}");
    }
    for pool in [&app.pool, &app.owner] {
        assert!(sqlx::query("DELETE FROM renewal_batch_rows").execute(pool).await.is_err());
    }
}
