//! Who may take which test when.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{Hall, refused};
use crate::access::Role;

#[tokio::test]
async fn nobody_reaches_the_test_of_another() {
    let hall = Hall::new().await;
    hall.start().await;
    let key = hall.key().await;
    let stranger = hall.app.person().await;
    let cookie = hall.app.sign_in(stranger).await;
    let option = key[0][0].to_string();
    for (endpoint, fields) in [
        ("start", vec![("enrolment", &*hall.enrolment)]),
        ("finish", vec![("enrolment", &hall.enrolment), ("attempt", "1")]),
        ("answer", vec![("enrolment", &hall.enrolment), ("attempt", "1"), ("position", "1"), ("option", &option)]),
    ] {
        let (status, _) = hall.app.post(&format!("assessment/{endpoint}"), Some(&cookie), &fields).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{endpoint}");
        let (status, _) = hall.app.post(&format!("assessment/{endpoint}"), None, &fields).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{endpoint}");
    }
    for path in ["overview?", "review?", "sitting?position=1&", "result?ordinal=1&"] {
        let path = format!("/api/assessment/{path}enrolment={}", hall.enrolment);
        assert_eq!(hall.app.get(&path, Some(&cookie)).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(hall.attempts().await, [(1, "open".to_owned(), None)]);
}

#[tokio::test]
async fn what_is_no_enrolment_is_not_found() {
    let hall = Hall::new().await;
    for unknown in [Uuid::new_v4().to_string(), "x'--".to_owned(), String::new()] {
        let (status, _) = hall.app.post("assessment/start", Some(&hall.cookie), &[("enrolment", &unknown)]).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{unknown}");
    }
    hall.start().await;
    for position in ["0", "11", "-1", "99999", "two"] {
        let (status, _) = hall.read("sitting", &format!("&position={position}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{position}");
    }
    assert_eq!(hall.read("result", "&ordinal=1").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_did_not_attend_takes_no_test() {
    let hall = Hall::new().await;
    let trainer = hall.app.staff(Role::Trainer).await;
    let programme = hall.app.programme("practitioner").await;
    let session = hall.app.session(programme, 5, trainer).await;
    let enrolment: Uuid = sqlx::query_scalar(
        "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
         VALUES ($1, $2, $3, 'enrolled', now()) RETURNING id",
    )
    .bind(session)
    .bind(programme)
    .bind(hall.person)
    .fetch_one(&hall.app.pool)
    .await
    .unwrap();
    let fields = [("enrolment", &*enrolment.to_string())];
    let answer = hall.app.post("assessment/start", Some(&hall.cookie), &fields).await;
    assert_eq!(answer, (StatusCode::CONFLICT, refused("NotAttended")));
    // Nor by a mistake in the code.
    for pool in [&hall.app.pool, &hall.app.owner] {
        let inserted = sqlx::query(
            "INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
             VALUES ($1, $2, 1, 70, now(), now() + interval '1 hour', 'open')",
        )
        .bind(enrolment)
        .bind(hall.person)
        .execute(pool)
        .await;
        assert_eq!(constraint(inserted.unwrap_err()), "attempts_attended");
    }
}

#[tokio::test]
async fn three_attempts_and_no_more() {
    let hall = Hall::new().await;
    for ordinal in 1..=3 {
        assert_eq!(hall.enrolment_state().await, "attended");
        assert_eq!(hall.start().await.0, StatusCode::OK);
        hall.answer_right(ordinal, 6).await;
        assert_eq!(hall.finish(ordinal).await.0, StatusCode::OK);
    }
    assert_eq!(hall.enrolment_state().await, "failed");
    assert_eq!(hall.start().await, (StatusCode::CONFLICT, refused("NoAttemptsLeft")));
    assert_eq!(hall.attempts().await.len(), 3);
}

#[tokio::test]
async fn fewer_attempts_than_were_taken_leave_nobody_waiting_in_vain() {
    let hall = Hall::new().await;
    for ordinal in 1..=2 {
        hall.start().await;
        hall.finish(ordinal).await;
    }
    assert_eq!(hall.enrolment_state().await, "attended");
    sqlx::query("INSERT INTO settings (key, value, effective_from) VALUES ('test_attempts', 2, $1)")
        .bind(hall.app.clock.now())
        .execute(&hall.app.pool)
        .await
        .unwrap();
    assert_eq!(hall.start().await, (StatusCode::CONFLICT, refused("NoAttemptsLeft")));
    assert_eq!(hall.enrolment_state().await, "failed", "and so its person may enrol again");
}

#[tokio::test]
async fn a_passed_test_is_not_taken_again() {
    let hall = Hall::new().await;
    hall.start().await;
    hall.answer_right(1, 7).await;
    hall.finish(1).await;
    assert_eq!(hall.enrolment_state().await, "passed");
    assert_eq!(hall.start().await, (StatusCode::CONFLICT, refused("AlreadyPassed")));
}

#[tokio::test]
async fn a_bank_that_is_too_small_makes_no_test() {
    let hall = Hall::with_questions(9).await;
    assert_eq!(hall.start().await, (StatusCode::CONFLICT, refused("TestNotReady")));
    assert_eq!(hall.attempts().await, []);
}

fn constraint(error: sqlx::Error) -> String {
    error.into_database_error().unwrap().constraint().unwrap_or_default().to_owned()
}
