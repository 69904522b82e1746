//! Enrolling and cancelling, as a browser asks for it.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{cancel, enrol, enrolment, noted, number, session_with};
use crate::error::{AppError, Problem};
use crate::testing::TestApp;
use crate::training::model::EnrolmentState;

#[tokio::test]
async fn a_volunteer_takes_a_seat_once() {
    let app = TestApp::start().await;
    let (session, _) = session_with(&app, 5).await;
    let person = app.person().await;
    let cookie = app.sign_in(person).await;
    let id = session.to_string();
    for _ in 0..2 {
        let (status, _) = app.post("training/enrol", Some(&cookie), &[("session", &id)]).await;
        assert_eq!(status, StatusCode::OK);
    }
    assert_eq!(number(&app, session, EnrolmentState::Enrolled).await, 1);
    let (enrolment, ..) = enrolment(&app, session, person).await;
    assert_eq!(noted(&app, "enrolled", enrolment).await, 1);
}

#[tokio::test]
async fn nobody_enrols_without_signing_in_or_in_what_is_not_there() {
    let app = TestApp::start().await;
    let (session, trainer) = session_with(&app, 5).await;
    let cookie = app.sign_in(app.person().await).await;
    let id = session.to_string();
    let (status, _) = app.post("training/enrol", None, &[("session", &id)]).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let (status, _) = app.post("training/enrol", Some(&cookie), &[("session", &Uuid::nil().to_string())]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = app.post("training/enrol", Some(&cookie), &[("session", "مقعد")]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let own = app.sign_in(trainer).await;
    let (status, answer) = app.post("training/enrol", Some(&own), &[("session", &id)]).await;
    assert_eq!((status, answer), (StatusCode::CONFLICT, json!({ "Refused": "OwnSession" })));
}

#[tokio::test]
async fn a_full_session_puts_the_next_volunteer_on_the_waiting_list() {
    let app = TestApp::start().await;
    let (session, _) = session_with(&app, 1).await;
    assert_eq!(enrol(&app, session, app.person().await).await, Ok(EnrolmentState::Enrolled));
    let waiting = app.person().await;
    assert_eq!(enrol(&app, session, waiting).await, Ok(EnrolmentState::Waitlisted));
    let (status, body) =
        app.get(&format!("/api/training/session?id={session}"), Some(&app.sign_in(waiting).await)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("waitlisted") && body.contains("\"ahead\":0"), "{body}");
}

#[tokio::test]
async fn one_programme_is_taken_in_one_session_at_a_time() {
    let app = TestApp::start().await;
    let trainer = app.staff(crate::access::Role::Trainer).await;
    let programme = app.programme("practitioner").await;
    let (one, other) = (app.session(programme, 5, trainer).await, app.session(programme, 5, trainer).await);
    let person = app.person().await;
    assert_eq!(enrol(&app, one, person).await, Ok(EnrolmentState::Enrolled));
    assert_eq!(enrol(&app, other, person).await, Err(AppError::Refused(Problem::AlreadyEnrolled)));
    cancel(&app, enrolment(&app, one, person).await.0, person).await.unwrap();
    assert_eq!(enrol(&app, other, person).await, Ok(EnrolmentState::Enrolled));
}

#[tokio::test]
async fn enrolment_ends_at_its_deadline() {
    let app = TestApp::start().await;
    let (session, _) = session_with(&app, 5).await;
    let (early, late) = (app.person().await, app.person().await);
    assert_eq!(enrol(&app, session, early).await, Ok(EnrolmentState::Enrolled));
    app.clock.advance(Duration::days(9));
    assert_eq!(enrol(&app, session, late).await, Err(AppError::Refused(Problem::EnrolmentClosed)));
    // Asking again is still answered with what one has.
    assert_eq!(enrol(&app, session, early).await, Ok(EnrolmentState::Enrolled));
}

#[tokio::test]
async fn no_seat_before_the_profile_is_complete_or_a_guardian_consents() {
    let app = TestApp::start().await;
    let (session, _) = session_with(&app, 5).await;
    let (empty, minor) = (app.person().await, app.person().await);
    sqlx::query("UPDATE persons SET profile_completed_at = NULL WHERE id = $1")
        .bind(empty)
        .execute(&app.pool)
        .await
        .unwrap();
    sqlx::query("UPDATE persons SET needs_guardian = true WHERE id = $1").bind(minor).execute(&app.pool).await.unwrap();
    assert_eq!(enrol(&app, session, empty).await, Err(AppError::Refused(Problem::ProfileIncomplete)));
    assert_eq!(enrol(&app, session, minor).await, Err(AppError::Refused(Problem::GuardianConsentMissing)));
    // Whoever writes: the refusal is the database's own.
    let refused = sqlx::query(
        "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
         SELECT id, programme_id, $2, 'enrolled', now() FROM training_sessions WHERE id = $1",
    )
    .bind(session)
    .bind(minor)
    .execute(&app.owner)
    .await
    .unwrap_err();
    assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some("enrolments_guardian_consent"));
}

#[tokio::test]
async fn who_turns_out_to_be_a_minor_on_the_waiting_list_gets_no_seat_without_consent() {
    let app = TestApp::start().await;
    let (session, _) = session_with(&app, 1).await;
    let (first, minor) = (app.person().await, app.person().await);
    enrol(&app, session, first).await.unwrap();
    assert_eq!(enrol(&app, session, minor).await, Ok(EnrolmentState::Waitlisted));
    // They typed the birth date of an adult, and have corrected it.
    sqlx::query("UPDATE persons SET needs_guardian = true WHERE id = $1").bind(minor).execute(&app.pool).await.unwrap();
    cancel(&app, enrolment(&app, session, first).await.0, first).await.unwrap();
    let offered = enrolment(&app, session, minor).await.0.to_string();
    let (status, answer) =
        app.post("training/accept_offer", Some(&app.sign_in(minor).await), &[("enrolment", &offered)]).await;
    assert_eq!((status, answer), (StatusCode::CONFLICT, serde_json::json!({ "Refused": "GuardianConsentMissing" })));
    let met: Vec<bool> =
        sqlx::query_scalar("SELECT met FROM prerequisites($1, 'practitioner', NULL, $2) WHERE code = 'guardian'")
            .bind(minor)
            .bind(app.clock.now())
            .fetch_all(&app.pool)
            .await
            .unwrap();
    assert_eq!(met, [false], "nor a licence");
}

#[tokio::test]
async fn only_ones_own_seat_is_given_up_and_only_before_the_start() {
    let app = TestApp::start().await;
    let (session, _) = session_with(&app, 5).await;
    let (owner, other) = (app.person().await, app.person().await);
    enrol(&app, session, owner).await.unwrap();
    let (id, ..) = enrolment(&app, session, owner).await;
    let field = id.to_string();
    let (status, _) = app.post("training/cancel", Some(&app.sign_in(other).await), &[("enrolment", &field)]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(cancel(&app, Uuid::nil(), owner).await, Err(AppError::NotFound));
    let cookie = app.sign_in(owner).await;
    for _ in 0..2 {
        let (status, _) = app.post("training/cancel", Some(&cookie), &[("enrolment", &field)]).await;
        assert_eq!(status, StatusCode::OK);
    }
    assert_eq!(noted(&app, "cancelled", id).await, 1);
    enrol(&app, session, owner).await.unwrap();
    app.clock.advance(Duration::days(10));
    let (id, ..) = enrolment(&app, session, owner).await;
    assert_eq!(cancel(&app, id, owner).await, Err(AppError::Refused(Problem::NoLongerPossible)));
}

#[tokio::test]
async fn the_list_is_narrowed_and_goes_on_where_it_stopped() {
    let app = TestApp::start().await;
    let trainer = app.staff(crate::access::Role::Trainer).await;
    let (practice, leading) = (app.programme("practitioner").await, app.programme("team_leader").await);
    for _ in 0..13 {
        app.session(practice, 5, trainer).await;
    }
    let online = app.session_at(leading, 5, trainer, "online", app.clock.now() + Duration::days(20)).await.to_string();
    let list = async |query: &str| {
        let (status, body) = app.get(&format!("/api/training/sessions?{query}"), None).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        serde_json::from_str::<serde_json::Value>(&body).unwrap()
    };
    let ids = |page: &serde_json::Value| {
        page["sessions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|session| session["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let first = list("").await;
    let second = list(&format!("after={}", first["next"].as_str().unwrap())).await;
    let mut all = [ids(&first), ids(&second)].concat();
    assert_eq!((ids(&first).len(), ids(&second).len(), second["next"].is_null()), (12, 2, true));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 14);
    assert_eq!(ids(&list("kind=team-leader").await), std::slice::from_ref(&online));
    assert_eq!(ids(&list("mode=online").await), std::slice::from_ref(&online));
    // An online session is open to every region.
    assert_eq!(ids(&list("region=makkah").await), [online]);
    assert_eq!(ids(&list("kind=team-leader&mode=in_person").await), Vec::<String>::new());
    let (status, body) = app.get("/training?region=makkah&mode=in_person", None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("لا توجد دورات بهذه الاختيارات"));
}
