//! What is answered for a day.

use axum::http::StatusCode;
use serde_json::json;
use time::macros::{date, datetime};
use time::{Date, Duration};

use super::{KIND, NOW, asked, lived, one, standing, told, was};
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::licences::model::{LicenceNumber, LicenceStatus};
use crate::licences::tests::{licensed, ready};
use crate::oversight::model::{Event, Reason};
use crate::oversight::tests::{corrected, revoked, suspended};
use crate::receipts::answering::answer;
use crate::receipts::model::{Change, Standing};
use crate::testing::TestApp;
use crate::verification::store::look_up;

#[tokio::test]
async fn a_day_is_answered_from_the_history() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    for (day, expected) in [
        (date!(2026 - 01 - 09), Standing::NotIssued),
        (date!(2026 - 01 - 10), was(LicenceStatus::Valid)),
        (date!(2026 - 01 - 19), was(LicenceStatus::Valid)),
        (date!(2026 - 01 - 20), was(LicenceStatus::Suspended)),
        (date!(2026 - 01 - 21), was(LicenceStatus::Valid)),
        (date!(2026 - 02 - 01), was(LicenceStatus::Suspended)),
        (date!(2026 - 02 - 03), was(LicenceStatus::Suspended)),
        (date!(2026 - 02 - 05), was(LicenceStatus::Suspended)),
        (date!(2026 - 02 - 06), was(LicenceStatus::Valid)),
        (date!(2026 - 02 - 28), was(LicenceStatus::Valid)),
        (date!(2026 - 03 - 01), was(LicenceStatus::Revoked)),
        (date!(2026 - 11 - 28), was(LicenceStatus::Revoked)),
    ] {
        assert_eq!(standing(&app, &number, day).await, expected, "{day}");
    }
    let within = told(&app, &number, date!(2026 - 01 - 20)).await;
    assert_eq!(within.answer.reason, Some(Reason::ComplaintUnderReview));
    let [held, restored] = [(Event::Suspended, 14), (Event::Restored, 15)].map(|(event, hour)| {
        let at = datetime!(2026-01-20 00:05 +3) + Duration::hours(hour);
        Change { event, at }
    });
    assert_eq!(within.answer.changes, [held, restored]);
    assert_eq!((within.kind, within.answer.asked_at), (Some(KIND), NOW));
    let calm = told(&app, &number, date!(2026 - 01 - 25)).await.answer;
    assert!(calm.reason.is_none() && calm.changes.is_empty());
}

/// Asks about today, and compares with what the live page shows.
async fn as_live(app: &TestApp, number: &LicenceNumber, expected: LicenceStatus) {
    let now = app.clock.now();
    let live = look_up(&mut app.pool.acquire().await.unwrap(), number, now).await.unwrap().unwrap();
    assert_eq!(live.status, expected);
    let today = told(app, number, riyadh_day(now)).await.answer;
    assert_eq!((today.standing, today.reason), (was(live.status), live.reason), "{expected:?}");
}

#[tokio::test]
async fn the_answer_for_today_is_the_live_one() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2026-01-10 10:00 +3));
    let (active, held, gone, replaced) = (one(&app).await, one(&app).await, one(&app).await, one(&app).await);
    as_live(&app, &active, LicenceStatus::Valid).await;
    suspended(&app, &held).await;
    revoked(&app, &gone).await;
    let correction = corrected(&app, &replaced).await;
    as_live(&app, &correction, LicenceStatus::Valid).await;
    for (number, status) in [
        (&active, LicenceStatus::Valid),
        (&held, LicenceStatus::Suspended),
        (&gone, LicenceStatus::Revoked),
        (&replaced, LicenceStatus::Superseded),
    ] {
        as_live(&app, number, status).await;
    }
    app.clock.stand_at(datetime!(2028-01-09 23:59:59 +3));
    as_live(&app, &active, LicenceStatus::Valid).await;
    app.clock.stand_at(datetime!(2028-01-10 00:00 +3));
    for (number, status) in [
        (&active, LicenceStatus::Expired),
        (&held, LicenceStatus::Expired),
        (&gone, LicenceStatus::Revoked),
        (&replaced, LicenceStatus::Superseded),
    ] {
        as_live(&app, number, status).await;
    }
}

#[tokio::test]
async fn a_correction_answers_from_its_own_issue_on_and_with_the_suspension_that_goes_on() {
    let app = TestApp::start().await;
    app.clock.stand_at(datetime!(2026-01-10 10:00 +3));
    let old = one(&app).await;
    app.clock.stand_at(datetime!(2026-01-15 10:00 +3));
    suspended(&app, &old).await;
    app.clock.stand_at(datetime!(2026-01-20 10:00 +3));
    let new = corrected(&app, &old).await;
    assert_eq!(standing(&app, &new, date!(2026 - 01 - 19)).await, Standing::NotIssued);
    assert_eq!(standing(&app, &new, date!(2026 - 01 - 20)).await, was(LicenceStatus::Suspended));
    assert_eq!(standing(&app, &old, date!(2026 - 01 - 14)).await, was(LicenceStatus::Valid));
    assert_eq!(standing(&app, &old, date!(2026 - 01 - 19)).await, was(LicenceStatus::Suspended));
    assert_eq!(standing(&app, &old, date!(2026 - 01 - 20)).await, was(LicenceStatus::Superseded));
}

#[tokio::test]
async fn a_licence_and_the_one_that_follows_it_answer_each_for_itself() {
    let app = TestApp::start().await;
    let person = ready(&app, KIND).await;
    let old = licensed(&app, person, KIND, datetime!(2024-01-10 10:00 +3)).await;
    app.clock.stand_at(datetime!(2026-01-10 10:00 +3));
    let new = licensed(&app, person, KIND, app.clock.now()).await;
    for (day, of_old, of_new) in [
        (date!(2024 - 01 - 09), Standing::NotIssued, Standing::NotIssued),
        (date!(2026 - 01 - 09), was(LicenceStatus::Valid), Standing::NotIssued),
        // That it was renewed is another licence's history.
        (date!(2026 - 01 - 10), was(LicenceStatus::Expired), was(LicenceStatus::Valid)),
    ] {
        assert_eq!((standing(&app, &old, day).await, standing(&app, &new, day).await), (of_old, of_new), "{day}");
    }
}

#[tokio::test]
async fn only_days_of_which_something_can_be_said_are_answered() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let number = number.digits();
    for (query, problem) in [
        ("date=2026-11-29", "DayToCome"),
        ("date=2019-12-31", "DayTooEarly"),
        ("date=28.11.2026", "DateInvalid"),
        ("on_day=30&on_month=2&on_year=2026&on_calendar=gregorian", "DateInvalid"),
        ("on_day=&on_month=&on_year=&on_calendar=hijri", "Required"),
    ] {
        let (status, body) = asked(&app, &format!("number={number}&{query}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(body["Invalid"], json!([{ "field": "on_day", "problem": problem }]), "{query}");
    }
    // 13 Ramadan 1447.
    let (status, body) =
        asked(&app, &format!("number={number}&on_day=13&on_month=9&on_year=1447&on_calendar=hijri")).await;
    assert_eq!((status, &body["answer"]["standing"]), (StatusCode::OK, &json!("revoked")));
    assert_eq!(asked(&app, "number=123&date=2026-01-03").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_history_that_was_changed_gives_no_answer() {
    let app = TestApp::start().await;
    let number = lived(&app).await;
    let day: Date = date!(2026 - 02 - 03);
    told(&app, &number, day).await;
    let mut tx = app.owner.begin().await.unwrap();
    for statement in [
        "ALTER TABLE licence_events DISABLE TRIGGER USER",
        "UPDATE licence_events SET at = at - interval '3 days' WHERE event = 'restored'",
        "ALTER TABLE licence_events ENABLE TRIGGER USER",
    ] {
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    let refused = answer(&app.state, &number, day, app.clock.now()).await;
    assert!(matches!(refused, Err(AppError::Internal { .. })), "{refused:?}");
}
