//! One approval issues one licence.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;

use super::{KIND, approve, settle, state, take, take_effect, waiting};
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::licences::model::LicenceKind;
use crate::licences::tests::{count, licensed, passes, ready, submitted, together};
use crate::oversight::tests::{restored, suspended};
use crate::review::model::EFFECT_AFTER;
use crate::review::store;
use crate::testing::{TestApp, scale};

#[tokio::test]
async fn approving_many_times_at_once_issues_one_licence() {
    let app = TestApp::start().await;
    let (_, number) = waiting(&app).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    let cookie = app.sign_in(reviewer).await;
    let fields = [("number", number.as_str())];
    let posts = (0..scale(20, 50)).map(|_| app.post("review/approve", Some(&cookie), &fields));
    let answers = together(posts).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == StatusCode::OK).count(), 1);
    for (status, body) in answers.iter().filter(|(status, _)| *status != StatusCode::OK) {
        assert_eq!((*status, body), (StatusCode::CONFLICT, &json!({ "Refused": "RequestTakenBack" })));
    }
    app.clock.advance(EFFECT_AFTER);
    together((0..scale(5, 20)).map(|_| settle(&app, &number))).await;
    for query in [
        "SELECT count(*) FROM licences",
        "SELECT count(*) FROM decisions",
        "SELECT count(*) FROM licence_events WHERE event = 'issued' AND actor_id IS NOT NULL",
        "SELECT count(*) FROM audit_entries WHERE action = 'licence_issued'",
        "SELECT count(*) FROM messages WHERE template = 'licence_issued'",
    ] {
        assert_eq!(count(&app, query).await, 1, "{query}");
    }
}

/// Settles an approved request with these draws of fifteen digits.
async fn settle_with(app: &TestApp, number: &str, draws: impl FnMut() -> String) -> Result<(), AppError> {
    app.clock.advance(EFFECT_AFTER);
    let mut tx = app.pool.begin().await.unwrap();
    let id = sqlx::query_scalar("SELECT id FROM licence_requests WHERE number = $1")
        .bind(number)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    store::settle(&mut tx, id, draws, app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(())
}

#[tokio::test]
async fn a_licence_number_that_exists_is_drawn_again() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    for draws in [vec!["000000000000001"], vec!["000000000000001", "000000000000001", "000000000000002"]] {
        let (_, number) = waiting(&app).await;
        take(&app, reviewer).await;
        approve(&app, reviewer, &number).await.unwrap();
        let mut draws = draws.into_iter();
        settle_with(&app, &number, || draws.next().unwrap().to_owned()).await.unwrap();
        assert_eq!(draws.next(), None, "no draw is left over");
    }
    assert_eq!(count(&app, "SELECT count(DISTINCT number) FROM licences").await, 2);
}

#[tokio::test]
async fn a_random_source_that_repeats_itself_issues_nothing() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    for issued in [true, false] {
        let (_, number) = waiting(&app).await;
        take(&app, reviewer).await;
        approve(&app, reviewer, &number).await.unwrap();
        assert_eq!(settle_with(&app, &number, || "000000000000001".to_owned()).await.is_ok(), issued);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 1);
}

#[tokio::test]
async fn prerequisites_must_hold_at_the_moment_of_issue() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let practitioner = licensed(&app, person, KIND, app.clock.now()).await;
    passes(&app, person, LicenceKind::TeamLeader).await;
    let number = submitted(&app, person, LicenceKind::TeamLeader, app.clock.now()).await;
    let reviewer = app.staff(Role::Reviewer).await;
    take(&app, reviewer).await;
    suspended(&app, &practitioner).await;
    assert_eq!(approve(&app, reviewer, &number).await, Problem::PrerequisitesMissing.refused());
    assert_eq!(count(&app, "SELECT count(*) FROM decisions").await, 1, "the earlier licence's alone");
    restored(&app, &practitioner).await;
    assert!(approve(&app, reviewer, &number).await.is_ok());
    // Nor when it ceases to hold within the ten seconds: the approval lapses, and the request waits for another look.
    suspended(&app, &practitioner).await;
    take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "submitted");
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM decision_withdrawals WHERE kind = 'lapsed'").await, 1);
    restored(&app, &practitioner).await;
    take(&app, reviewer).await;
    approve(&app, reviewer, &number).await.unwrap();
    take_effect(&app, &number).await;
    assert_eq!(state(&app, &number).await, "approved");
}

#[tokio::test]
async fn a_licence_is_valid_for_the_months_of_the_setting_in_force() {
    let app = TestApp::start().await;
    sqlx::query(
        "INSERT INTO settings (key, kind, value, effective_from) VALUES ('validity_months', 'practitioner', 7, $1)",
    )
    .bind(app.clock.now() - Duration::days(1))
    .execute(&app.pool)
    .await
    .unwrap();
    let person = ready(&app, KIND).await;
    licensed(&app, person, KIND, app.clock.now()).await;
    let months: i64 = count(
        &app,
        "SELECT (extract(year FROM age(upper(valid), lower(valid))) * 12
             + extract(month FROM age(upper(valid), lower(valid))))::bigint FROM licences",
    )
    .await;
    assert_eq!(months, 7);
}
