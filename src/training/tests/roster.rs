//! A trainer's roster: their own sessions, their own marks.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{enrol, enrolment, noted, session_with};
use crate::access::Role;
use crate::testing::TestApp;
use crate::training::model::EnrolmentState as State;

/// A session on its day, its trainer's cookie, and one enrolled person with their enrolment.
async fn hall(app: &TestApp) -> (Uuid, Uuid, String, Uuid, Uuid) {
    let (session, trainer) = session_with(app, 5).await;
    let person = app.person().await;
    enrol(app, session, person).await.unwrap();
    app.clock.advance(Duration::days(10));
    let (enrolment, ..) = enrolment(app, session, person).await;
    (session, trainer, app.sign_in(trainer).await, person, enrolment)
}

/// Marks over HTTP.
async fn mark(app: &TestApp, cookie: Option<&str>, enrolment: Uuid, mark: &str) -> (StatusCode, serde_json::Value) {
    app.post("training/mark_attendance", cookie, &[("enrolment", &enrolment.to_string()), ("mark", mark)]).await
}

#[tokio::test]
async fn a_mark_is_made_repeated_and_mended() {
    let app = TestApp::start().await;
    let (_, _, cookie, _, enrolment) = hall(&app).await;
    for _ in 0..2 {
        assert_eq!(mark(&app, Some(&cookie), enrolment, "present").await, (StatusCode::OK, json!("attended")));
    }
    assert_eq!(noted(&app, "attended", enrolment).await, 1);
    assert_eq!(mark(&app, Some(&cookie), enrolment, "absent").await, (StatusCode::OK, json!("absent")));
    assert_eq!(mark(&app, Some(&cookie), enrolment, "present").await.0, StatusCode::OK);
    assert_eq!(mark(&app, Some(&cookie), enrolment, "late").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(mark(&app, Some(&cookie), Uuid::nil(), "present").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nothing_is_marked_before_the_day_of_the_session() {
    let app = TestApp::start().await;
    let (session, trainer) = session_with(&app, 5).await;
    let person = app.person().await;
    enrol(&app, session, person).await.unwrap();
    let (id, ..) = enrolment(&app, session, person).await;
    app.clock.advance(Duration::days(8));
    let cookie = app.sign_in(trainer).await;
    let answer = mark(&app, Some(&cookie), id, "present").await;
    assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "NotYetStarted" })));
}

#[tokio::test]
async fn another_trainers_session_is_not_there() {
    let app = TestApp::start().await;
    let (session, _, _, person, id) = hall(&app).await;
    let other = app.sign_in(app.staff(Role::Trainer).await).await;
    let volunteer = app.sign_in(person).await;
    assert_eq!(mark(&app, Some(&other), id, "present").await.0, StatusCode::NOT_FOUND);
    assert_eq!(mark(&app, Some(&volunteer), id, "present").await.0, StatusCode::FORBIDDEN);
    assert_eq!(mark(&app, None, id, "present").await.0, StatusCode::UNAUTHORIZED);
    let path = format!("/api/training/roster?session={session}");
    assert_eq!(app.get(&path, Some(&other)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(app.get(&path, Some(&volunteer)).await.0, StatusCode::FORBIDDEN);
    assert_eq!(enrolment(&app, session, person).await.1, State::Enrolled);
}

#[tokio::test]
async fn attendance_is_settled_once_the_test_was_begun() {
    let app = TestApp::start().await;
    let (_, _, cookie, person, enrolment) = hall(&app).await;
    mark(&app, Some(&cookie), enrolment, "present").await;
    sqlx::query(
        "INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
         VALUES ($1, $2, 1, 70, $3, $3 + interval '30 minutes', 'open')",
    )
    .bind(enrolment)
    .bind(person)
    .bind(app.clock.now())
    .execute(&app.pool)
    .await
    .unwrap();
    let answer = mark(&app, Some(&cookie), enrolment, "absent").await;
    assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "NoLongerPossible" })));
    // Whoever writes: the refusal is the database's own.
    let refused = sqlx::query("UPDATE enrolments SET state = 'absent' WHERE id = $1")
        .bind(enrolment)
        .execute(&app.pool)
        .await
        .unwrap_err();
    assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some("enrolments_attendance_tested"));
}

#[tokio::test]
async fn nobody_marks_their_own_team() {
    let app = TestApp::start().await;
    let (session, trainer, cookie, person, enrolment) = hall(&app).await;
    team_of(&app, trainer, person).await;
    let answer = mark(&app, Some(&cookie), enrolment, "present").await;
    assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "TiedToPerson" })));
    let answer = app
        .post(
            "training/confirm_identity",
            Some(&cookie),
            &[("session", &session.to_string()), ("person", &person.to_string())],
        )
        .await;
    assert_eq!(answer, (StatusCode::CONFLICT, json!({ "Refused": "TiedToPerson" })));
}

#[tokio::test]
async fn a_roster_tells_no_more_than_names_and_years() {
    let app = TestApp::start().await;
    let (session, _, cookie, _, _) = hall(&app).await;
    let (status, page) = app.get(&format!("/trainer/{session}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("محمد عبد الله سعد القحطاني") && page.contains("1410") && page.contains("1990"));
    for secret in ["1990-05-17", "1990,137", "+9665", "m@example.org"] {
        assert!(!page.contains(secret), "{secret} is on the page");
    }
    let (status, page) = app.get("/trainer", Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&format!("/trainer/{session}")));
}

/// A team that `leader` leads and `member` belongs to.
async fn team_of(app: &TestApp, leader: Uuid, member: Uuid) {
    sqlx::query(
        "WITH body AS (
             INSERT INTO organisations (name_ar, name_en, name_key, sector, region)
             VALUES ('جهة', 'Body', gen_random_uuid()::text, 'government', 'riyadh') RETURNING id),
         team AS (
             INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id)
             SELECT 'team-of-test', 'فريق', 'Team', gen_random_uuid()::text, 'غ', 'P', 'riyadh', id, $1 FROM body
             RETURNING id)
         INSERT INTO memberships (team_id, person_id) SELECT id, $2 FROM team",
    )
    .bind(leader)
    .bind(member)
    .execute(&app.pool)
    .await
    .unwrap();
}
