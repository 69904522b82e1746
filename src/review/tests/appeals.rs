//! An appeal: once, in time, decided by another.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{KIND, decide, rejection, state, take, take_effect, waiting};
use crate::access::Role;
use crate::error::Problem;
use crate::licences::tests::{count, submitted};
use crate::review::model::{FieldReason, RequestField};
use crate::review::store::Verdict;
use crate::testing::TestApp;

/// A request just rejected: who applied, who rejected, its number.
async fn rejected(app: &TestApp) -> (Uuid, Uuid, String) {
    let (person, number) = waiting(app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    assert_eq!(take(app, reviewer).await.as_ref(), Some(&number));
    decide(app, reviewer, &number, &rejection()).await.unwrap();
    take_effect(app, &number).await;
    (person, reviewer, number)
}

async fn appeal(app: &TestApp, person: Uuid, number: &str) -> (StatusCode, serde_json::Value) {
    let cookie = app.sign_in(person).await;
    app.post("licences/appeal", Some(&cookie), &[("number", number), ("text", "حُضرت الدورة كاملة")]).await
}

#[tokio::test]
async fn an_appeal_goes_to_another_reviewer_and_can_be_granted() {
    let app = TestApp::start().await;
    let (person, first, number) = rejected(&app).await;
    let cookie = app.sign_in(person).await;
    let (_, page) = app.get(&format!("/account/requests/{number}"), Some(&cookie)).await;
    assert!(page.contains("لا تنطبق الشروط") && page.contains("action=\"/api/licences/appeal\""));
    assert_eq!(appeal(&app, person, &number).await.0, StatusCode::OK);
    assert_eq!(state(&app, &number).await, "appealed");
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'appeal_received'").await, 1);
    assert_eq!(take(&app, first).await, None, "not who rejected it");
    for pool in [&app.pool, &app.owner] {
        let refusal = sqlx::query(
            "UPDATE licence_requests SET state = 'in_review', claimed_by = $1, claimed_at = $2 WHERE number = $3",
        )
        .bind(first)
        .bind(app.clock.now())
        .bind(&number)
        .execute(pool)
        .await
        .unwrap_err();
        let constraint = refusal.as_database_error().and_then(|error| error.constraint().map(str::to_owned));
        assert_eq!(constraint.as_deref(), Some("licence_requests_other_reviewer"));
    }
    let second = app.staff(Role::Reviewer).await;
    assert_eq!(take(&app, second).await.as_ref(), Some(&number));
    let desk = app.sign_in(second).await;
    let (_, page) = app.get(&format!("/review/{number}"), Some(&desk)).await;
    assert!(page.contains("حُضرت الدورة كاملة") && page.contains("لا تنطبق الشروط"));
    let returned = Verdict::Return(vec![(RequestField::Place, FieldReason::Outdated, None)]);
    assert_eq!(decide(&app, second, &number, &returned).await, Problem::AppealIsFinal.refused());
    // Let go, it is an appeal still.
    assert_eq!(app.post("review/let_go", Some(&desk), &[("number", &number)]).await.0, StatusCode::OK);
    assert_eq!(state(&app, &number).await, "appealed");
    take(&app, second).await;
    decide(&app, second, &number, &Verdict::Approve).await.unwrap();
    take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "approved");
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'appeal_granted'").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 1);
}

#[tokio::test]
async fn an_appeal_is_made_once() {
    let app = TestApp::start().await;
    let (person, _, number) = rejected(&app).await;
    assert_eq!(appeal(&app, person, &number).await.0, StatusCode::OK);
    let again = (StatusCode::CONFLICT, json!({ "Refused": "AppealedAlready" }));
    assert_eq!(appeal(&app, person, &number).await, again);
    let second = app.staff(Role::Reviewer).await;
    take(&app, second).await;
    decide(&app, second, &number, &rejection()).await.unwrap();
    take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "rejected");
    assert_eq!(count(&app, "SELECT count(*) FROM messages WHERE template = 'appeal_refused'").await, 1);
    assert_eq!(appeal(&app, person, &number).await, again);
    let refusal = sqlx::query("UPDATE licence_requests SET state = 'appealed', appealed_at = $1")
        .bind(app.clock.now())
        .execute(&app.pool)
        .await
        .unwrap_err();
    let constraint = refusal.as_database_error().and_then(|error| error.constraint().map(str::to_owned));
    assert_eq!(constraint.as_deref(), Some("licence_requests_appealed_once"));
    let cookie = app.sign_in(person).await;
    let (_, page) = app.get(&format!("/account/requests/{number}"), Some(&cookie)).await;
    assert!(!page.contains("action=\"/api/licences/appeal\""));
}

#[tokio::test]
async fn an_appeal_comes_in_time_or_not_at_all() {
    let app = TestApp::start().await;
    let (person, _, number) = rejected(&app).await;
    app.clock.advance(Duration::days(30));
    assert_eq!(appeal(&app, person, &number).await, (StatusCode::CONFLICT, json!({ "Refused": "AppealTooLate" })));
    let refusal = sqlx::query("UPDATE licence_requests SET state = 'appealed', appealed_at = $1")
        .bind(app.clock.now())
        .execute(&app.pool)
        .await
        .unwrap_err();
    let constraint = refusal.as_database_error().and_then(|error| error.constraint().map(str::to_owned));
    assert_eq!(constraint.as_deref(), Some("licence_requests_appeal_in_time"));
    let cookie = app.sign_in(person).await;
    let (_, page) = app.get(&format!("/account/requests/{number}"), Some(&cookie)).await;
    assert!(!page.contains("action=\"/api/licences/appeal\""));
}

#[tokio::test]
async fn an_appeal_is_its_applicants_and_of_a_rejection() {
    let app = TestApp::start().await;
    let (person, _, number) = rejected(&app).await;
    let stranger = app.person().await;
    assert_eq!(appeal(&app, stranger, &number).await.0, StatusCode::NOT_FOUND);
    assert_eq!(appeal(&app, person, "0000000000").await.0, StatusCode::NOT_FOUND);
    let cookie = app.sign_in(person).await;
    let empty = app.post("licences/appeal", Some(&cookie), &[("number", &number), ("text", " ")]).await;
    assert_eq!(empty.0, StatusCode::UNPROCESSABLE_ENTITY);
    // With another request of the kind open there is nothing to appeal for.
    let other = submitted(&app, person, KIND, app.clock.now()).await;
    assert_eq!(appeal(&app, person, &number).await, (StatusCode::CONFLICT, json!({ "Refused": "RequestExists" })));
    let answer = appeal(&app, person, &other).await;
    assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
}
