//! Programmes: made, changed, retired, brought back.

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::{administrator, count, fields, invalid, post};
use crate::access::Role;
use crate::testing::TestApp;

fn texts(title: &str) -> Vec<(&'static str, String)> {
    vec![
        ("title_ar", format!("برنامج {title}")),
        ("title_en", format!("Programme {title}")),
        ("summary_ar", "وصف".to_owned()),
        ("summary_en", "Summary".to_owned()),
        ("hours", "٦".to_owned()),
    ]
}

#[tokio::test]
async fn a_programme_is_made_changed_and_listed() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let mut form = texts("one");
    form.extend([("code", "Crowd-Safety".to_owned()), ("kind", "team_leader".to_owned())]);
    assert_eq!(post(&app, "create_programme", &cookie, &form).await.0, StatusCode::OK);
    assert_eq!(post(&app, "create_programme", &cookie, &form).await, invalid("code", "CodeTaken"));
    let (id, code, hours): (Uuid, String, i16) =
        sqlx::query_as("SELECT id, code, hours FROM programmes").fetch_one(&app.pool).await.unwrap();
    assert_eq!((code.as_str(), hours), ("crowd-safety", 6));
    let mut change = texts("two");
    change.push(("programme", id.to_string()));
    for _ in 0..2 {
        assert_eq!(post(&app, "change_programme", &cookie, &change).await.0, StatusCode::OK);
    }
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action = 'programme_changed'").await, 1);
    let (status, page) = app.get("/admin/programmes?kind=team-leader", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("برنامج two") && page.contains("crowd-safety"));
    let (_, page) = app.get("/admin/programmes?kind=management", Some(&cookie)).await;
    assert!(!page.contains("برنامج two") && page.contains("لا توجد برامج هنا"));
    change.retain(|(name, _)| *name != "programme");
    change.push(("programme", Uuid::nil().to_string()));
    assert_eq!(post(&app, "change_programme", &cookie, &change).await.0, StatusCode::NOT_FOUND);
    let (status, page) = app.get(&format!("/admin/programmes/{id}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Programme two") && page.contains(">وصف</textarea>"), "{page}");
}

#[tokio::test]
async fn a_retired_programme_has_no_new_sessions_and_keeps_those_it_has() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let form = fields(programme, trainer, app.clock.now() + Duration::days(10));
    let session = app.session(programme, 5, app.staff(Role::Trainer).await).await;
    let retire = |retired: &str| [("programme", programme.to_string()), ("retired", retired.to_owned())];
    for _ in 0..2 {
        assert_eq!(post(&app, "retire_programme", &cookie, &retire("true")).await.0, StatusCode::OK);
    }
    assert_eq!(post(&app, "plan_sessions", &cookie, &form).await, invalid("programme", "ProgrammeRetired"));
    assert!(super::enrol(&app, session, app.person().await).await.is_ok());
    let (_, page) = app.get("/admin/programmes?retired=yes", Some(&cookie)).await;
    assert!(page.contains(&programme.to_string()));
    for _ in 0..2 {
        assert_eq!(post(&app, "retire_programme", &cookie, &retire("false")).await.0, StatusCode::OK);
    }
    assert_eq!(post(&app, "plan_sessions", &cookie, &form).await.0, StatusCode::OK);
    assert_eq!(count(&app, "SELECT count(*) FROM audit_entries WHERE action LIKE 'programme\\_re%'").await, 2);
    let unknown = [("programme", Uuid::nil().to_string()), ("retired", "true".to_owned())];
    assert_eq!(post(&app, "retire_programme", &cookie, &unknown).await.0, StatusCode::NOT_FOUND);
}
