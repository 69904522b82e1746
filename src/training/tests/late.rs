//! Attendance and identity are marked until the days of the setting are over, whoever writes.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, Time};
use uuid::Uuid;

use super::{enrol, enrolment, session_with};
use crate::calendar::{RIYADH, riyadh_day};
use crate::testing::TestApp;
use crate::training::model::EnrolmentState as State;

/// A session, its trainer, somebody enrolled, and the last moment to mark them.
async fn hall(app: &TestApp) -> (Uuid, Uuid, Uuid, OffsetDateTime) {
    let (session, trainer) = session_with(app, 5).await;
    let person = app.person().await;
    enrol(app, session, person).await.unwrap();
    let ends_at: OffsetDateTime = sqlx::query_scalar("SELECT ends_at FROM training_sessions WHERE id = $1")
        .bind(session)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    // The end of the seventh day after the session's last.
    let over = (riyadh_day(ends_at) + Duration::days(8)).with_time(Time::MIDNIGHT).assume_offset(RIYADH);
    (session, trainer, person, over - Duration::minutes(1))
}

fn over() -> (StatusCode, Value) {
    (StatusCode::CONFLICT, json!({ "Refused": "MarkingOver" }))
}

async fn mark(app: &TestApp, trainer: Uuid, enrolment: Uuid, mark: &str) -> (StatusCode, Value) {
    let cookie = app.sign_in(trainer).await;
    let fields = [("enrolment", enrolment.to_string()), ("mark", mark.to_owned())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post("training/mark_attendance", Some(&cookie), &fields).await
}

#[tokio::test]
async fn attendance_is_marked_to_the_end_of_the_seventh_day() {
    let app = TestApp::start().await;
    let (session, trainer, person, last) = hall(&app).await;
    let (id, ..) = enrolment(&app, session, person).await;
    app.clock.stand_at(last);
    assert_eq!(mark(&app, trainer, id, "present").await, (StatusCode::OK, json!("attended")));
    app.clock.advance(Duration::minutes(1));
    assert_eq!(mark(&app, trainer, id, "absent").await, over());
    assert_eq!(enrolment(&app, session, person).await.1, State::Attended);
    // What stands may be said again: a phone that was never answered asks so.
    assert_eq!(mark(&app, trainer, id, "present").await, (StatusCode::OK, json!("attended")));
    let cookie = app.sign_in(trainer).await;
    let (status, page) = app.get(&format!("/trainer/{session}"), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("انتهت مهلة تسجيل الحضور"), "{page}");
    assert!(!page.contains("/api/training/mark_attendance") && !page.contains("/api/training/find_person"));
}

#[tokio::test]
async fn a_mark_that_a_phone_sends_too_late_is_answered_and_kept() {
    let app = TestApp::start().await;
    let (session, trainer, person, last) = hall(&app).await;
    let (id, ..) = enrolment(&app, session, person).await;
    app.clock.stand_at(last + Duration::minutes(1));
    let cookie = app.sign_in(trainer).await;
    let made_at = (last.unix_timestamp() * 1000).to_string();
    let fields = [
        ("session", session.to_string()),
        ("marks[0][id]", Uuid::new_v4().to_string()),
        ("marks[0][enrolment]", id.to_string()),
        ("marks[0][mark]", "present".to_owned()),
        ("marks[0][made_at]", made_at),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = app.post("training/send_marks", Some(&cookie), &fields).await;
    assert_eq!(answer, (StatusCode::OK, json!([{ "Refused": "MarkingOver" }])));
    let kept: String = sqlx::query_scalar("SELECT refused FROM received_marks").fetch_one(&app.pool).await.unwrap();
    assert_eq!(kept, "MarkingOver");
}

#[tokio::test]
async fn the_days_are_those_of_the_setting() {
    let app = TestApp::start().await;
    let (session, trainer, person, last) = hall(&app).await;
    sqlx::query(
        "INSERT INTO settings (key, kind, value, effective_from) VALUES ('unmarked_days', 'practitioner', 9, $1)",
    )
    .bind(app.clock.now())
    .execute(&app.pool)
    .await
    .unwrap();
    let (id, ..) = enrolment(&app, session, person).await;
    app.clock.stand_at(last + Duration::days(2));
    assert_eq!(mark(&app, trainer, id, "present").await.0, StatusCode::OK);
    app.clock.advance(Duration::minutes(1));
    assert_eq!(mark(&app, trainer, id, "absent").await, over());
}

#[tokio::test]
async fn identity_is_confirmed_to_the_end_of_the_seventh_day() {
    let app = TestApp::start().await;
    let (session, trainer, person, last) = hall(&app).await;
    let other = app.person().await;
    let confirm = async |person: Uuid| {
        let cookie = app.sign_in(trainer).await;
        let fields = [("session", session.to_string()), ("person", person.to_string())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.post("training/confirm_identity", Some(&cookie), &fields).await
    };
    app.clock.stand_at(last);
    assert_eq!(confirm(person).await.0, StatusCode::OK);
    app.clock.advance(Duration::minutes(1));
    assert_eq!(confirm(other).await, over());
}

#[tokio::test]
async fn whoever_writes_nothing_is_marked_late() {
    let app = TestApp::start().await;
    let (session, trainer, person, last) = hall(&app).await;
    for (statement, at, rule) in [
        (
            "UPDATE enrolments SET state = 'attended', attendance_by = $2, attendance_at = $4
             WHERE session_id = $1 AND person_id = $3",
            last + Duration::minutes(1),
            "enrolments_marked_in_time",
        ),
        (
            "UPDATE enrolments SET state = 'absent', attendance_by = $2, attendance_at = $4
             WHERE session_id = $1 AND person_id = $3",
            last + Duration::days(300),
            "enrolments_marked_in_time",
        ),
        (
            "INSERT INTO identity_confirmations (session_id, confirmed_by, person_id, confirmed_at, method)
             VALUES ($1, $2, $3, $4, 'trainer')",
            last + Duration::minutes(1),
            "identity_confirmed_in_time",
        ),
    ] {
        for pool in [&app.pool, &app.owner] {
            let refused = sqlx::query(statement)
                .bind(session)
                .bind(trainer)
                .bind(person)
                .bind(at)
                .execute(pool)
                .await
                .unwrap_err();
            assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some(rule), "{statement}");
        }
    }
    assert_eq!(enrolment(&app, session, person).await.1, State::Enrolled);
}
