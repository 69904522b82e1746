//! Attendance and identity are marked until the days of the setting are over, whoever writes.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, Time};
use uuid::Uuid;

use super::{enrol, enrolment, session_with};
use crate::access::Role;
use crate::calendar::{RIYADH, riyadh_day};
use crate::testing::TestApp;
use crate::training::model::EnrolmentState as State;
use crate::training::store::unmarked;

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

/// Sends a mark that a phone says it made then.
async fn send(app: &TestApp, trainer: Uuid, session: Uuid, enrolment: Uuid, made_at: OffsetDateTime) -> Value {
    let cookie = app.sign_in(trainer).await;
    let fields = [
        ("session", session.to_string()),
        ("marks[0][id]", Uuid::new_v4().to_string()),
        ("marks[0][enrolment]", enrolment.to_string()),
        ("marks[0][mark]", "present".to_owned()),
        ("marks[0][made_at]", (made_at.unix_timestamp() * 1000).to_string()),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (status, mut answers) = app.post("training/send_marks", Some(&cookie), &fields).await;
    assert_eq!(status, StatusCode::OK, "{answers}");
    answers[0].take()
}

/// How long a mark that was made in time is taken after it.
const GRACE: Duration = Duration::days(3);

#[tokio::test]
async fn a_mark_that_was_made_in_time_counts_where_it_arrives_within_three_days() {
    let app = TestApp::start().await;
    let (session, trainer, person, last) = hall(&app).await;
    let (id, ..) = enrolment(&app, session, person).await;
    // By then the person is counted absent, by time alone: what the trainer saw mends it.
    app.clock.stand_at(last);
    unmarked::count_absent(&app.pool, &app.state.config, app.clock.now()).await.unwrap();
    assert_eq!(enrolment(&app, session, person).await.1, State::Absent);
    app.clock.stand_at(last + GRACE);
    assert_eq!(send(&app, trainer, session, id, last).await, json!({ "Applied": "attended" }));
    assert_eq!(enrolment(&app, session, person).await.1, State::Attended);
    let kept: Vec<(OffsetDateTime, OffsetDateTime, Option<String>)> =
        sqlx::query_as("SELECT made_at, received_at, refused FROM received_marks").fetch_all(&app.pool).await.unwrap();
    assert_eq!(kept, [(last, last + GRACE, None)]);
    // Made on the spot it would be too late.
    assert_eq!(mark(&app, trainer, id, "absent").await, over());
}

#[tokio::test]
async fn a_mark_that_arrives_after_three_days_or_was_made_out_of_time_is_answered_and_kept() {
    let app = TestApp::start().await;
    let (session, trainer, person, last) = hall(&app).await;
    let (id, ..) = enrolment(&app, session, person).await;
    let starts_at: OffsetDateTime = sqlx::query_scalar("SELECT starts_at FROM training_sessions WHERE id = $1")
        .bind(session)
        .fetch_one(&app.pool)
        .await
        .unwrap();
    let day_before = riyadh_day(starts_at).with_time(Time::MIDNIGHT).assume_offset(RIYADH) - Duration::minutes(1);
    let over = last + Duration::minutes(1);
    for (arrives, made_at) in [(over, over), (over, day_before), (over + GRACE, last)] {
        app.clock.stand_at(arrives);
        assert_eq!(send(&app, trainer, session, id, made_at).await, json!({ "Refused": "MarkingOver" }), "{made_at}");
    }
    assert_eq!(enrolment(&app, session, person).await.1, State::Enrolled);
    let kept: Vec<String> =
        sqlx::query_scalar("SELECT refused FROM received_marks").fetch_all(&app.pool).await.unwrap();
    assert_eq!(kept, ["MarkingOver"; 3]);
}

#[tokio::test]
async fn whoever_writes_a_late_mark_rests_on_one_that_was_received_and_on_no_other() {
    let app = TestApp::start().await;
    let (session, trainer, person, last) = hall(&app).await;
    let (id, ..) = enrolment(&app, session, person).await;
    let stranger = app.staff(Role::Trainer).await;
    let late = last + Duration::minutes(5);
    let attended = "UPDATE enrolments SET state = 'attended', attendance_by = $2, attendance_at = $3 WHERE id = $1";
    let received = "INSERT INTO received_marks (id, enrolment_id, trainer_id, mark, made_at, received_at, refused)
         VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6)";
    for (by, mark, made_at, received_at, refused) in [
        (stranger, "present", last, late, None),
        (trainer, "absent", last, late, None),
        (trainer, "present", late, late, None),
        (trainer, "present", last, late - Duration::seconds(1), None),
        (trainer, "present", last, late, Some("MarkOvertaken")),
    ] {
        let insert = sqlx::query(received).bind(id).bind(by).bind(mark).bind(made_at).bind(received_at).bind(refused);
        insert.execute(&app.pool).await.unwrap();
        let refused = sqlx::query(attended).bind(id).bind(trainer).bind(late).execute(&app.pool).await.unwrap_err();
        let rule = refused.as_database_error().and_then(|error| error.constraint());
        assert_eq!(rule, Some("enrolments_marked_in_time"), "{mark} {made_at} {received_at}");
    }
    let insert = sqlx::query(received).bind(id).bind(trainer).bind("present").bind(last).bind(late);
    insert.bind(None::<String>).execute(&app.pool).await.unwrap();
    sqlx::query(attended).bind(id).bind(trainer).bind(late).execute(&app.pool).await.unwrap();
    assert_eq!(enrolment(&app, session, person).await.1, State::Attended);
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
