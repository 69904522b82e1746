//! What is done to one enrolment at once: one of the two is done, and nobody meets an error.

use axum::http::StatusCode;

use super::{Hall, invalid, refused};
use crate::access::Role;
use crate::licences::tests::together;
use crate::testing::scale;

#[tokio::test]
async fn of_confirmations_at_once_one_makes_an_attempt() {
    let mut hall = Hall::new().await;
    let mut officers = Vec::new();
    for _ in 0..scale(4, 12) {
        officers.push(hall.app.sign_in(hall.app.staff(Role::Administrator).await).await);
    }
    for round in 0..scale(4, 60) {
        hall.next().await;
        let sheet = hall.waiting("14").await;
        let answers = together(officers.iter().map(|cookie| hall.decide("papers/confirm", cookie, sheet))).await;
        let done = answers.iter().filter(|answer| answer.0 == StatusCode::OK).count();
        let late = answers.iter().filter(|answer| **answer == refused("NoLongerPossible")).count();
        assert_eq!((done, late), (1, officers.len() - 1), "round {round}: {answers:?}");
        assert_eq!(hall.attempts().await, [(1, "passed".to_owned(), Some(14), true)], "round {round}");
        assert_eq!(hall.told("paper_passed").await, 1, "round {round}");
    }
}

#[tokio::test]
async fn a_sheet_recorded_twice_at_once_is_one() {
    let mut hall = Hall::new().await;
    for round in 0..scale(6, 100) {
        hall.next().await;
        let answers = together((0..4).map(|_| hall.record("14"))).await;
        let done = answers.iter().filter(|answer| answer.0 == StatusCode::OK).count();
        let late = answers.iter().filter(|answer| **answer == invalid(hall.enrolment, "PaperWaiting")).count();
        assert_eq!((done, late), (1, 3), "round {round}: {answers:?}");
        assert_eq!(hall.sheets().await, ["waiting"], "round {round}");
    }
}

#[tokio::test]
async fn a_sheet_and_a_test_online_begun_at_once_are_never_both() {
    let mut hall = Hall::new().await;
    for round in 0..scale(10, 200) {
        hall.next().await;
        let (recorded, started) = tokio::join!(hall.record("14"), hall.start());
        let (sheets, attempts) = (hall.sheets().await.len(), hall.attempts().await.len());
        assert_eq!(sheets + attempts, 1, "round {round}: {recorded:?} {started:?}");
        let lost = if sheets == 1 { started } else { recorded };
        let expected = if sheets == 1 { refused("PaperWaiting") } else { invalid(hall.enrolment, "TestUnderWay") };
        assert_eq!(lost, expected, "round {round}");
    }
}

#[tokio::test]
async fn nor_are_they_by_hand() {
    let mut hall = Hall::new().await;
    for round in 0..scale(10, 200) {
        hall.next().await;
        let pool = &hall.app.pool;
        let (recorded, begun) = tokio::join!(hall.write(pool, hall.trainer, 14, 20), hall.begin(pool, None));
        assert!(recorded.is_ok() != begun.is_ok(), "round {round}: {recorded:?} {begun:?}");
        assert_eq!(hall.sheets().await.len() + hall.attempts().await.len(), 1, "round {round}");
    }
}

#[tokio::test]
async fn a_confirmation_and_the_start_of_a_test_online_are_never_both() {
    let mut hall = Hall::new().await;
    for round in 0..scale(10, 200) {
        hall.next().await;
        let sheet = hall.waiting("14").await;
        let (confirmed, started) = tokio::join!(hall.confirm(sheet), hall.start());
        assert_eq!(confirmed.0, StatusCode::OK, "round {round}: {confirmed:?}");
        let late = [refused("PaperWaiting"), refused("AlreadyPassed")];
        assert!(late.contains(&started), "round {round}: {started:?}");
        assert_eq!(hall.attempts().await, [(1, "passed".to_owned(), Some(14), true)], "round {round}");
    }
}

#[tokio::test]
async fn a_confirmation_and_a_withdrawal_leave_one() {
    let mut hall = Hall::new().await;
    for round in 0..scale(10, 200) {
        hall.next().await;
        let sheet = hall.waiting("14").await;
        let (confirmed, withdrawn) = tokio::join!(hall.confirm(sheet), hall.withdraw(&hall.trainers, sheet));
        let counts = hall.attempts().await.len();
        assert_eq!(hall.sheets().await, [if counts == 1 { "confirmed" } else { "withdrawn" }], "round {round}");
        let lost = if counts == 1 { withdrawn } else { confirmed };
        assert_eq!(lost, refused("NoLongerPossible"), "round {round}");
    }
}

#[tokio::test]
async fn a_recording_and_a_mended_mark_leave_one() {
    let mut hall = Hall::new().await;
    hall.app.clock.advance(time::Duration::days(10));
    hall.trainers = hall.app.sign_in(hall.trainer).await;
    for round in 0..scale(10, 200) {
        hall.next().await;
        let enrolment = hall.enrolment.to_string();
        let absent = [("enrolment", enrolment.as_str()), ("mark", "absent")];
        let marking = hall.app.post("training/mark_attendance", Some(&hall.trainers), &absent);
        let (recorded, marked) = tokio::join!(hall.record("14"), marking);
        let is_absent = hall.enrolment_state().await == "absent";
        assert_eq!(hall.sheets().await.len(), usize::from(!is_absent), "round {round}: {recorded:?} {marked:?}");
        let lost = if is_absent { recorded } else { marked };
        let expected =
            if is_absent { invalid(hall.enrolment, "NoLongerPossible") } else { refused("NoLongerPossible") };
        assert_eq!(lost, expected, "round {round}");
    }
}

#[tokio::test]
async fn a_confirmation_and_a_closing_leave_no_result_of_who_is_gone() {
    let mut hall = Hall::new().await;
    for round in 0..scale(10, 200) {
        hall.next().await;
        let sheet = hall.waiting("14").await;
        let close = hall.app.post("administration/close_account", Some(&hall.persons), &[("understood", "true")]);
        let (confirmed, closed) = tokio::join!(hall.confirm(sheet), close);
        assert_eq!(closed.0, StatusCode::OK, "round {round}: {confirmed:?} {closed:?}");
        // Confirmed first, it counts; closed first, it waits for nothing any more.
        let counts = hall.attempts().await.len();
        assert_eq!(confirmed.0 == StatusCode::OK, counts == 1, "round {round}: {confirmed:?}");
        if counts == 0 {
            assert_eq!(confirmed, refused("NoLongerPossible"), "round {round}");
        }
    }
}
