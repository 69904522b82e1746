//! Whom the trainer never marked: absent after the days of the setting, free to enrol again, and mendable.

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;

use super::{enrol, enrolment, noted, session_with, taken, told};
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::testing::{TestApp, scale};
use crate::training::model::{EnrolmentState as State, Mark};
use crate::training::store::{roster, unmarked};

/// What the job of every hour does.
async fn count_absent(app: &TestApp) {
    unmarked::count_absent(&app.pool, &app.state.config, app.clock.now()).await.unwrap();
}

async fn mark(app: &TestApp, enrolment: Uuid, trainer: Uuid) -> Result<State, AppError> {
    let mut tx = app.pool.begin().await.unwrap();
    let state = roster::mark(&mut tx, enrolment, trainer, Mark::Present, app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(state)
}

/// The end of the sessions that [`session_with`] makes.
const END: Duration = Duration::hours(10 * 24 + 6);

#[tokio::test]
async fn after_seven_days_without_a_mark_a_person_is_absent_and_can_enrol_again() {
    let app = TestApp::start().await;
    let trainer = app.staff(Role::Trainer).await;
    let programme = app.programme("practitioner").await;
    let session = app.session(programme, 5, trainer).await;
    let (person, marked) = (app.person().await, app.person().await);
    for one in [person, marked] {
        enrol(&app, session, one).await.unwrap();
    }
    let (id, ..) = enrolment(&app, session, person).await;
    app.clock.advance(END + Duration::days(7) - Duration::minutes(1));
    mark(&app, enrolment(&app, session, marked).await.0, trainer).await.unwrap();
    count_absent(&app).await;
    assert_eq!(enrolment(&app, session, person).await.1, State::Enrolled);
    let next = app.session(programme, 5, trainer).await;
    assert_eq!(enrol(&app, next, person).await, Err(AppError::Refused(Problem::AlreadyEnrolled)));

    app.clock.advance(Duration::minutes(1));
    for _ in 0..2 {
        count_absent(&app).await;
        assert_eq!(enrolment(&app, session, person).await.1, State::Absent);
        assert_eq!(enrolment(&app, session, marked).await.1, State::Attended);
        assert_eq!((noted(&app, "unmarked_absent", id).await, told(&app, person, "unmarked_absent").await), (1, 1));
    }
    assert_eq!(told(&app, marked, "unmarked_absent").await, 0);
    assert_eq!(taken(&mut app.pool.acquire().await.unwrap(), session).await, (2, 2));

    // Who was there after all can be marked, until they take a seat elsewhere.
    assert_eq!(mark(&app, id, trainer).await, Ok(State::Attended));
    sqlx::query("UPDATE enrolments SET state = 'absent' WHERE id = $1").bind(id).execute(&app.pool).await.unwrap();
    assert_eq!(enrol(&app, next, person).await, Ok(State::Enrolled));
    assert_eq!(mark(&app, id, trainer).await, Err(AppError::Refused(Problem::NoLongerPossible)));
}

#[tokio::test]
async fn the_days_are_those_of_the_setting_and_a_withdrawn_session_has_none() {
    let app = TestApp::start().await;
    let (session, _) = session_with(&app, 5).await;
    let (withdrawn, _) = session_with(&app, 5).await;
    let person = app.person().await;
    for one in [session, withdrawn] {
        enrol(&app, one, person).await.unwrap();
    }
    sqlx::query("UPDATE training_sessions SET cancelled_at = now() WHERE id = $1")
        .bind(withdrawn)
        .execute(&app.owner)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO settings (key, kind, value, effective_from) VALUES ('unmarked_days', 'practitioner', 2, $1)",
    )
    .bind(app.clock.now())
    .execute(&app.pool)
    .await
    .unwrap();
    app.clock.advance(END + Duration::days(2));
    count_absent(&app).await;
    assert_eq!(enrolment(&app, session, person).await.1, State::Absent);
    assert_eq!(enrolment(&app, withdrawn, person).await.1, State::Enrolled);
}

#[tokio::test]
async fn whoever_writes_nobody_is_absent_by_time_before_it() {
    let app = TestApp::start().await;
    let (session, trainer) = session_with(&app, 5).await;
    let (waited_for, marked) = (app.person().await, app.person().await);
    for person in [waited_for, marked] {
        enrol(&app, session, person).await.unwrap();
    }
    app.clock.advance(END + Duration::days(6));
    let (waited_for, marked) = (enrolment(&app, session, waited_for).await.0, enrolment(&app, session, marked).await.0);
    mark(&app, marked, trainer).await.unwrap();
    for (id, days) in [(waited_for, 0), (marked, 9)] {
        let refused = sqlx::query(
            "UPDATE enrolments SET state = 'absent', attendance_by = NULL, attendance_at = $2 WHERE id = $1",
        )
        .bind(id)
        .bind(app.clock.now() + Duration::days(days))
        .execute(&app.owner)
        .await
        .unwrap_err();
        assert_eq!(
            refused.as_database_error().and_then(|error| error.constraint()),
            Some("enrolments_unmarked_absence")
        );
    }
    let undated = sqlx::query("UPDATE enrolments SET state = 'absent' WHERE id = $1").bind(waited_for);
    assert!(undated.execute(&app.owner).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_made_as_the_days_end_is_never_lost() {
    let app = TestApp::start().await;
    for _ in 0..scale(5, 100) {
        let (session, trainer) = session_with(&app, 9).await;
        let mut marked = Vec::new();
        for _ in 0..4 {
            let person = app.person().await;
            enrol(&app, session, person).await.unwrap();
            marked.push(enrolment(&app, session, person).await.0);
        }
        app.clock.advance(END + Duration::days(7));
        let marks = async {
            for id in &marked {
                assert_eq!(mark(&app, *id, trainer).await, Ok(State::Attended));
            }
        };
        tokio::join!(marks, count_absent(&app), count_absent(&app));
        let attended: i64 =
            sqlx::query_scalar("SELECT count(*) FROM enrolments WHERE id = ANY ($1) AND state = 'attended'")
                .bind(&marked)
                .fetch_one(&app.pool)
                .await
                .unwrap();
        assert_eq!(attended, 4);
    }
}

#[tokio::test]
async fn who_is_not_marked_is_told_until_when_the_trainer_can() {
    let app = TestApp::start().await;
    let (session, _) = session_with(&app, 5).await;
    let person = app.person().await;
    enrol(&app, session, person).await.unwrap();
    app.clock.advance(END - Duration::minutes(1));
    let cookie = app.sign_in(person).await;
    let unmarked = "انتهت الدورة ولم يُسجَّل حضورك بعد";
    for (path, waited) in
        [("/account".to_owned(), "بانتظار تسجيل الحضور"), (format!("/training/{session}"), "مقعدك محجوز")]
    {
        let (status, page) = app.get(&path, Some(&cookie)).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(waited) && !page.contains(unmarked), "{path}: {page}");
    }
    app.clock.advance(Duration::minutes(1));
    for path in ["/account".to_owned(), format!("/training/{session}")] {
        let (_, page) = app.get(&path, Some(&cookie)).await;
        assert!(page.contains(unmarked), "{path}: {page}");
    }
}
