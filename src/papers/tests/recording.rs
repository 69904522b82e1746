//! What a trainer records, and takes back.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{Hall, invalid, refused};
use crate::access::Role;
use crate::papers::model::right_field;

#[tokio::test]
async fn a_trainer_alone_makes_nobody_pass() {
    let hall = Hall::new().await;
    assert_eq!(hall.record("٢٠").await.0, StatusCode::OK, "any digits");
    assert_eq!(hall.sheets().await, ["waiting"]);
    assert_eq!((hall.enrolment_state().await.as_str(), hall.attempts().await.len()), ("attended", 0));
    assert_eq!(hall.noted("paper_recorded").await, 1);
}

#[tokio::test]
async fn all_are_recorded_or_none() {
    let mut hall = Hall::new().await;
    let first = hall.enrolment;
    hall.waiting("3").await;
    hall.next().await;
    let second = hall.enrolment;
    hall.next().await;
    let answer = hall.record_as(&hall.trainers, "20", &[(first, "4"), (second, "15"), (hall.enrolment, "")]).await;
    assert_eq!(answer, invalid(first, "PaperWaiting"));
    let sheets: i64 = sqlx::query_scalar("SELECT count(*) FROM paper_results").fetch_one(&hall.app.pool).await.unwrap();
    assert_eq!(sheets, 1, "nothing was kept of what was refused");
    let answer = hall.record_as(&hall.trainers, "20", &[(second, "15"), (hall.enrolment, "20")]).await;
    assert_eq!(answer.0, StatusCode::OK);
}

#[tokio::test]
async fn what_is_wrong_with_what_was_typed_is_told_at_once() {
    let hall = Hall::new().await;
    let answer = hall.record_as(&hall.trainers, "4", &[(hall.enrolment, "many")]).await;
    assert_eq!(answer.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.1["Invalid"].as_array().unwrap().len(), 2);
    assert_eq!(hall.record("21").await, invalid(hall.enrolment, "NumberInvalid"), "more than were asked");
    let nothing = hall.record("").await;
    assert_eq!(nothing.1, json!({ "Invalid": [{ "field": "right", "problem": "NoResultTyped" }] }));
    assert_eq!(hall.sheets().await, [""; 0]);
}

#[tokio::test]
async fn a_mistake_is_withdrawn_by_who_made_it_and_recorded_anew() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("2").await;
    assert_eq!(hall.record("20").await, invalid(hall.enrolment, "PaperWaiting"));
    let other = hall.app.sign_in(hall.app.staff(Role::Trainer).await).await;
    assert_eq!(hall.withdraw(&other, sheet).await.0, StatusCode::NOT_FOUND);
    assert_eq!(hall.withdraw(&hall.trainers, Uuid::new_v4()).await.0, StatusCode::NOT_FOUND);
    assert_eq!(hall.withdraw(&hall.trainers, sheet).await.0, StatusCode::OK);
    assert_eq!(hall.withdraw(&hall.trainers, sheet).await, refused("NoLongerPossible"));
    assert_eq!(hall.confirm(sheet).await, refused("NoLongerPossible"));
    hall.app.clock.advance(Duration::seconds(1));
    hall.waiting("20").await;
    assert_eq!(hall.sheets().await, ["withdrawn", "waiting"]);
    assert_eq!(hall.noted("paper_withdrawn").await, 1);
}

#[tokio::test]
async fn results_are_recorded_in_ones_own_in_person_session_alone() {
    let hall = Hall::new().await;
    let other = hall.app.staff(Role::Trainer).await;
    let cookie = hall.app.sign_in(other).await;
    assert_eq!(hall.record_as(&cookie, "20", &[(hall.enrolment, "14")]).await.0, StatusCode::NOT_FOUND);
    let path = format!("/trainer/{}/results", hall.session);
    assert_eq!(hall.app.get(&path, Some(&cookie)).await.0, StatusCode::NOT_FOUND);
    // An enrolment of another session, though the trainer's own.
    let programme = hall.app.programme("practitioner").await;
    let starts_at = hall.app.clock.now() + Duration::days(1);
    let online = hall.app.session_at(programme, 5, hall.trainer, "online", starts_at).await;
    let elsewhere = hall.app.attended(online, hall.app.person().await).await;
    assert_eq!(hall.record_as(&hall.trainers, "20", &[(elsewhere, "14")]).await.0, StatusCode::NOT_FOUND);
    let unknown = hall.record_as(&hall.trainers, "20", &[(Uuid::new_v4(), "14")]).await;
    assert_eq!(unknown.0, StatusCode::NOT_FOUND);
    let (session, right) = (online.to_string(), right_field(elsewhere));
    let fields = [("session", session.as_str()), ("asked", "20"), (right.as_str(), "14")];
    assert_eq!(hall.app.post("papers/record", Some(&hall.trainers), &fields).await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        hall.app.get(&format!("/trainer/{online}/results"), Some(&hall.trainers)).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_test_online_and_a_sheet_wait_for_each_other() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("14").await;
    assert_eq!(hall.start().await, refused("PaperWaiting"));
    hall.withdraw(&hall.trainers, sheet).await;
    assert_eq!(hall.start().await.0, StatusCode::OK);
    assert_eq!(hall.record("14").await, invalid(hall.enrolment, "TestUnderWay"));
    assert_eq!(hall.attempts().await, [(1, "open".to_owned(), None, false)]);
}

#[tokio::test]
async fn attendance_is_not_mended_under_a_sheet_that_waits() {
    let hall = Hall::new().await;
    let sheet = hall.waiting("14").await;
    hall.app.clock.advance(Duration::days(10));
    let enrolment = hall.enrolment.to_string();
    let absent = [("enrolment", enrolment.as_str()), ("mark", "absent")];
    let cookie = hall.app.sign_in(hall.trainer).await;
    let marked = hall.app.post("training/mark_attendance", Some(&cookie), &absent).await;
    assert_eq!(marked, refused("NoLongerPossible"));
    hall.withdraw(&cookie, sheet).await;
    assert_eq!(hall.app.post("training/mark_attendance", Some(&cookie), &absent).await.0, StatusCode::OK);
    assert_eq!(
        hall.record_as(&cookie, "20", &[(hall.enrolment, "14")]).await,
        invalid(hall.enrolment, "NoLongerPossible")
    );
}
