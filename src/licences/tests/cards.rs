//! What was issued.

use axum::http::StatusCode;
use time::Duration;

use super::{count, licensed, ready};
use crate::licences::model::LicenceKind;
use crate::testing::TestApp;

#[tokio::test]
async fn a_licence_may_follow_one_that_ended() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now() - Duration::days(1000)).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    assert_eq!(count(&app, "SELECT count(*) FROM licences").await, 2);
}

#[tokio::test]
async fn a_request_and_a_card_are_their_owners_only() {
    let app = TestApp::start().await;
    let (person, stranger) = (ready(&app, LicenceKind::Practitioner).await, app.person().await);
    let number = licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let request: String = sqlx::query_scalar("SELECT number FROM licence_requests").fetch_one(&app.pool).await.unwrap();
    let (owner, stranger) = (app.sign_in(person).await, app.sign_in(stranger).await);
    for path in
        [format!("/api/licences/request?number={request}"), format!("/api/licences/card?number={}", number.digits())]
    {
        assert_eq!(app.get(&path, Some(&owner)).await.0, StatusCode::OK, "{path}");
        assert_eq!(app.get(&path, Some(&stranger)).await.0, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(app.get(&path, None).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
    let (status, page) = app.get(&format!("/account/licences/{}", number.digits()), Some(&owner)).await;
    assert_eq!(status, StatusCode::OK);
    for shown in [number.grouped().as_str(), "محمد عبد الله سعد القحطاني", "Mohammed Alqahtani", "<svg viewBox=\"0 0 "]
    {
        assert!(page.contains(shown), "{shown}");
    }
    let (status, page) = app.get(&format!("/account/requests/{request}"), Some(&owner)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&format!("/account/licences/{}", number.digits())));
}

#[tokio::test]
async fn what_was_issued_is_neither_rewritten_nor_deleted() {
    let app = TestApp::start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    for statement in [
        "UPDATE licences SET valid = daterange(lower(valid), upper(valid) + 365)",
        "UPDATE licences SET number = '0000000000000000'",
        "DELETE FROM licences",
        "UPDATE licence_events SET reason = 'x'",
        "DELETE FROM licence_events",
        "UPDATE decisions SET outcome = 'rejected'",
        "DELETE FROM decisions",
        "UPDATE audit_entries SET action = 'x'",
    ] {
        for pool in [&app.pool, &app.owner] {
            assert!(sqlx::query(statement).execute(pool).await.is_err(), "{statement}");
        }
    }
}
