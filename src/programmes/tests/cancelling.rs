//! Cancelling a session: places end, everybody is told, and what was held is not undone.

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::{administrator, count, enrol, invalid, refused, state, told};
use crate::access::Role;
use crate::testing::TestApp;
use crate::training::model::EnrolmentState;

async fn cancel(
    app: &TestApp,
    cookie: &str,
    session: Uuid,
    reason: &str,
    text: &str,
) -> (StatusCode, serde_json::Value) {
    let session = session.to_string();
    let fields = [("session", session.as_str()), ("reason", reason), ("text", text)];
    app.post("programmes/cancel_session", Some(cookie), &fields).await
}

#[tokio::test]
async fn every_place_ends_and_everybody_is_told_why_and_what_next() {
    let app = TestApp::start().await;
    let (_, cookie) = administrator(&app).await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let session = app.session(programme, 1, trainer).await;
    let (enrolled, waiting) = (app.person().await, app.person().await);
    sqlx::query("UPDATE persons SET language = 'en' WHERE id = $1").bind(waiting).execute(&app.pool).await.unwrap();
    enrol(&app, session, enrolled).await.unwrap();
    enrol(&app, session, waiting).await.unwrap();
    for _ in 0..2 {
        assert_eq!(cancel(&app, &cookie, session, "weather", "أمطار غزيرة").await.0, StatusCode::OK);
    }
    for person in [enrolled, waiting] {
        assert_eq!(state(&app, session, person).await, "cancelled");
    }
    for person in [enrolled, waiting, trainer] {
        let bodies = told(&app, person, "session_cancelled").await;
        assert_eq!(bodies.len(), 1);
        let reason = if person == waiting { "The weather" } else { "الأحوال الجوية" };
        for part in ["أمطار غزيرة", reason, "/training"] {
            assert!(bodies[0].contains(part), "{part} is not in {}", bodies[0]);
        }
    }
    // No freed seat was offered on the way, and who was in it is free for another.
    assert!(told(&app, waiting, "seat_offered").await.is_empty());
    let next = app.session(programme, 1, trainer).await;
    assert_eq!(enrol(&app, next, enrolled).await, Ok(EnrolmentState::Enrolled));
    assert_eq!(count(&app, "SELECT count(*) FROM session_cancellations WHERE reason = 'weather'").await, 1);
    let (_, page) = app.get(&format!("/admin/sessions/{session}"), Some(&cookie)).await;
    assert!(page.contains("أمطار غزيرة") && !page.contains("name=\"reason\""));
    let (_, page) = app.get("/admin/sessions?when=cancelled", Some(&cookie)).await;
    assert!(page.contains(&session.to_string()));
}

#[tokio::test]
async fn what_has_started_or_is_marked_or_unknown_is_not_cancelled() {
    let app = TestApp::start().await;
    let (person, cookie) = administrator(&app).await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let session = app.session(programme, 5, trainer).await;
    assert_eq!(cancel(&app, &cookie, Uuid::nil(), "weather", "أمطار").await.0, StatusCode::NOT_FOUND);
    assert_eq!(cancel(&app, &cookie, session, "boredom", "أمطار").await, invalid("reason", "Required"));
    assert_eq!(cancel(&app, &cookie, session, "weather", " ").await, invalid("text", "Required"));
    let (marked, other) = (app.person().await, app.person().await);
    app.attended(session, marked).await;
    enrol(&app, session, other).await.unwrap();
    assert_eq!(cancel(&app, &cookie, session, "weather", "أمطار").await, refused("AttendanceMarked"));
    assert_eq!(state(&app, session, other).await, "enrolled");
    app.clock.advance(Duration::days(10));
    let cookie = app.sign_in(person).await;
    assert_eq!(cancel(&app, &cookie, session, "weather", "أمطار").await, refused("SessionStarted"));
    assert!(told(&app, other, "session_cancelled").await.is_empty());
}

#[tokio::test]
async fn the_database_itself_takes_no_cancellation_back_and_none_too_late() {
    let app = TestApp::start().await;
    let (programme, trainer) = (app.programme("practitioner").await, app.staff(Role::Trainer).await);
    let session = app.session(programme, 5, trainer).await;
    let set = async |at: Option<time::OffsetDateTime>| {
        let done = sqlx::query("UPDATE training_sessions SET cancelled_at = $2 WHERE id = $1")
            .bind(session)
            .bind(at)
            .execute(&app.owner)
            .await;
        done.map_err(|error| error.as_database_error().and_then(|error| error.constraint().map(str::to_owned)))
    };
    let late = set(Some(app.clock.now() + Duration::days(11))).await;
    assert_eq!(late.unwrap_err().as_deref(), Some("training_sessions_cancelled_before_start"));
    set(Some(app.clock.now())).await.unwrap();
    assert_eq!(set(None).await.unwrap_err().as_deref(), Some("training_sessions_cancellation_final"));
    let person = app.person().await;
    let refused = sqlx::query(
        "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at) VALUES ($1, $2, $3, 'enrolled', now())",
    )
    .bind(session)
    .bind(programme)
    .bind(person)
    .execute(&app.pool)
    .await
    .unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().constraint(), Some("enrolments_session_live"));
}
