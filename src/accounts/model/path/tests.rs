use time::Duration;
use time::macros::datetime;
use uuid::Uuid;

use super::*;

const NOW: OffsetDateTime = datetime!(2026-11-23 9:00 UTC);
const SESSION: Uuid = Uuid::from_u128(1);
const ENROLMENT: Uuid = Uuid::from_u128(2);

fn enrolled(state: EnrolmentState) -> EnrolmentFacts {
    EnrolmentFacts {
        id: ENROLMENT,
        session: SESSION,
        kind: LicenceKind::Practitioner,
        state,
        offered_until: (state == EnrolmentState::Offered).then_some(NOW + Duration::HOUR),
        starts_at: NOW + Duration::DAY,
        ends_at: NOW + Duration::DAY * 2,
        mark_due: NOW + Duration::DAY * 9,
        test_until: None,
    }
}

fn complete() -> Facts {
    Facts { profile_complete: true, ..Facts::default() }
}

fn with(state: EnrolmentState) -> Facts {
    Facts { enrolments: vec![enrolled(state)], ..complete() }
}

fn requested(state: RequestState, issued: bool) -> RequestFacts {
    RequestFacts { number: "1".to_owned(), kind: LicenceKind::Practitioner, state, answer_by: None, issued }
}

fn next(facts: &Facts) -> NextStep {
    path(facts, NOW).2
}

#[test]
fn a_newcomer_completes_the_profile_first() {
    assert_eq!(next(&Facts::default()), NextStep::CompleteProfile);
}

#[test]
fn a_minor_asks_a_guardian_before_a_seat() {
    let mut facts = Facts { needs_guardian: true, ..complete() };
    assert_eq!(next(&facts), NextStep::AskGuardian);
    facts.guardian_asked = true;
    assert_eq!(next(&facts), NextStep::AwaitGuardian);
    facts.guardian_consented = true;
    assert_eq!(next(&facts), NextStep::ChooseSession { kind: LicenceKind::Practitioner });
}

#[test]
fn only_a_minors_way_has_the_guardians_step() {
    let has = |facts: &Facts| path(facts, NOW).1.iter().any(|step| step.code == StepCode::Guardian);
    assert!(!has(&complete()));
    assert!(has(&Facts { needs_guardian: true, ..complete() }));
}

#[test]
fn each_state_of_the_enrolment_has_its_next_step() {
    let kind = LicenceKind::Practitioner;
    for (state, expected) in [
        (EnrolmentState::Waitlisted, NextStep::AwaitSeat { session: SESSION }),
        (EnrolmentState::Offered, NextStep::TakeOffer { session: SESSION, until: NOW + Duration::HOUR }),
        (EnrolmentState::Enrolled, NextStep::Attend { session: SESSION, starts_at: NOW + Duration::DAY }),
        (EnrolmentState::Attended, NextStep::StartTest { enrolment: ENROLMENT }),
        (EnrolmentState::Passed, NextStep::ShowIdentity),
        (EnrolmentState::Failed, NextStep::ChooseSession { kind }),
        (EnrolmentState::Absent, NextStep::ChooseSession { kind }),
        (EnrolmentState::Lapsed, NextStep::ChooseSession { kind }),
        (EnrolmentState::Cancelled, NextStep::ChooseSession { kind }),
    ] {
        assert_eq!(next(&with(state)), expected, "{state:?}");
    }
}

#[test]
fn a_session_that_began_waits_for_the_trainers_mark() {
    let mut facts = with(EnrolmentState::Enrolled);
    facts.enrolments[0].starts_at = NOW;
    assert_eq!(next(&facts), NextStep::AwaitAttendance { session: SESSION });
    facts.enrolments[0].ends_at = NOW;
    assert_eq!(next(&facts), NextStep::AskForMark { session: SESSION, until: NOW + Duration::DAY * 9 });
}

#[test]
fn an_open_test_is_continued() {
    let mut facts = with(EnrolmentState::Attended);
    facts.enrolments[0].test_until = Some(NOW + Duration::MINUTE);
    assert_eq!(next(&facts), NextStep::ContinueTest { enrolment: ENROLMENT, until: NOW + Duration::MINUTE });
}

#[test]
fn a_request_leads_to_a_decision() {
    let mut facts = Facts { identity_verified: true, ..with(EnrolmentState::Passed) };
    assert_eq!(next(&facts), NextStep::Request { kind: LicenceKind::Practitioner });
    for state in [RequestState::Submitted, RequestState::InReview, RequestState::Appealed, RequestState::Approved] {
        facts.requests = vec![requested(state, false)];
        assert_eq!(next(&facts), NextStep::AwaitDecision { number: "1".to_owned(), by: None }, "{state:?}");
    }
    facts.requests = vec![requested(RequestState::Returned, false)];
    assert_eq!(next(&facts), NextStep::MendRequest { number: "1".to_owned() });
    for state in [RequestState::Rejected, RequestState::Withdrawn, RequestState::Draft] {
        facts.requests = vec![requested(state, false)];
        assert_eq!(next(&facts), NextStep::Request { kind: LicenceKind::Practitioner }, "{state:?}");
    }
}

#[test]
fn who_holds_a_licence_has_arrived_until_they_set_out_again() {
    let mut facts = Facts {
        held: vec![(LicenceKind::Practitioner, "4821".to_owned())],
        requests: vec![requested(RequestState::Approved, true)],
        ..with(EnrolmentState::Passed)
    };
    assert_eq!(path(&facts, NOW), (None, Vec::new(), NextStep::Licensed { number: "4821".to_owned() }));

    facts.enrolments.insert(0, EnrolmentFacts { kind: LicenceKind::TeamLeader, ..enrolled(EnrolmentState::Attended) });
    let (kind, steps, _) = path(&facts, NOW);
    assert_eq!(kind, Some(LicenceKind::TeamLeader));
    assert!(steps.iter().any(|step| step.code == StepCode::PractitionerLicence && step.progress == Progress::Done));
}

#[test]
fn who_holds_a_licence_that_ends_soon_renews_it() {
    let until = time::macros::date!(2026 - 12 - 31);
    let mut facts = Facts {
        held: vec![(LicenceKind::Practitioner, "4821".to_owned())],
        renewable: vec![(until, "4821".to_owned())],
        ..with(EnrolmentState::Passed)
    };
    assert_eq!(next(&facts), NextStep::Renew { number: "4821".to_owned(), until });
    facts.requests = vec![requested(RequestState::InReview, false)];
    assert_eq!(next(&facts), NextStep::AwaitDecision { number: "1".to_owned(), by: None });
    facts.requests = vec![requested(RequestState::Returned, false)];
    assert_eq!(next(&facts), NextStep::MendRequest { number: "1".to_owned() });
    facts.requests = vec![requested(RequestState::Rejected, false)];
    assert_eq!(next(&facts), NextStep::Renew { number: "4821".to_owned(), until });
}

#[test]
fn one_step_is_current() {
    for state in EnrolmentState::ALL {
        let (_, steps, _) = path(&with(state), NOW);
        assert_eq!(steps.iter().filter(|step| step.progress == Progress::Current).count(), 1, "{state:?}");
    }
}
