//! The report of a session.

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::{enrol, session_with};
use crate::access::Role;
use crate::testing::TestApp;
use crate::training::model::TestResult;
use crate::training::store::report;

#[tokio::test]
async fn a_report_counts_who_came_and_how_their_tests_stand() {
    let app = TestApp::start().await;
    let (session, trainer) = session_with(&app, 10).await;
    let (seen, unmarked) = (app.verified_person().await, app.person().await);
    app.passed(session, seen).await;
    app.attended(session, app.person().await).await;
    enrol(&app, session, unmarked).await.unwrap();
    app.clock.advance(Duration::days(10));
    let mut connection = app.pool.acquire().await.unwrap();
    let locale = crate::i18n::Locale::ar;
    let report = report::report(&mut connection, session, trainer, locale, app.clock.now()).await.unwrap();
    let count = |holds: fn(&crate::training::model::ReportLine) -> bool| report.count(holds);
    assert_eq!(report.lines.len(), 3);
    assert_eq!(count(|line| line.present == Some(true)), 2);
    assert_eq!(count(|line| line.present.is_none()), 1);
    assert_eq!(count(|line| line.identity_seen), 1);
    assert_eq!(count(|line| line.result == TestResult::Passed), 1);
    assert_eq!(count(|line| line.result == TestResult::NotYet), 1);
    let cookie = app.sign_in(trainer).await;
    let (status, page) = app.get(&format!("/trainer/{session}/report"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("تقرير الدورة") && page.contains("مجتاز") && page.contains("لم يُختبر بعد"), "{page}");
    for secret in ["1990-05-17", "+9665", "m@example.org"] {
        assert!(!page.contains(secret), "{secret} is on the page");
    }
}

#[tokio::test]
async fn a_report_is_its_trainers_alone() {
    let app = TestApp::start().await;
    let (session, _) = session_with(&app, 10).await;
    let other = app.sign_in(app.staff(Role::Trainer).await).await;
    let path = format!("/trainer/{session}/report");
    assert_eq!(app.get(&path, Some(&other)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(app.get(&format!("/trainer/{}/report", Uuid::nil()), Some(&other)).await.0, StatusCode::NOT_FOUND);
    let administrator = app.sign_in(app.staff(Role::Administrator).await).await;
    assert_eq!(app.get(&path, Some(&administrator)).await.0, StatusCode::FORBIDDEN);
}
