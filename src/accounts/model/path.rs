//! The way to a licence as one person stands on it: its steps, and the one to take next.

mod facts;
mod step;
#[cfg(test)]
mod tests;

use time::OffsetDateTime;

pub use facts::{EnrolmentFacts, Facts, RequestFacts};
pub use step::{NextStep, PathStep, Progress, StepCode};

use crate::licences::model::{LicenceKind, RequestState};
use crate::training::model::EnrolmentState;

/// The kind of licence under way, its steps in order, and what to do next. Without one under way there are no steps.
pub fn path(facts: &Facts, now: OffsetDateTime) -> (Option<LicenceKind>, Vec<PathStep>, NextStep) {
    let Some(kind) = facts.kind() else {
        return (None, Vec::new(), licensed(facts));
    };
    let open = steps(facts, kind, now);
    let current = open.iter().position(|(_, next)| next.is_some());
    let next = open.iter().find_map(|(_, next)| next.clone()).unwrap_or(NextStep::Request { kind });
    let shown = open
        .into_iter()
        .enumerate()
        .map(|(place, (code, next))| PathStep {
            code,
            progress: match next {
                None => Progress::Done,
                Some(_) if Some(place) == current => Progress::Current,
                Some(_) => Progress::Todo,
            },
        })
        .collect();
    (Some(kind), shown, next)
}

/// What is next for who holds a licence and works for no other: its renewal, asked for or to be asked for.
fn licensed(facts: &Facts) -> NextStep {
    match (facts.open_request(), facts.renewable.first()) {
        (Some(request), _) if request.state == RequestState::Returned => {
            NextStep::MendRequest { number: request.number.clone() }
        }
        (Some(request), _) => NextStep::AwaitDecision { number: request.number.clone(), by: request.answer_by },
        (None, Some((until, number))) => NextStep::Renew { number: number.clone(), until: *until },
        (None, None) => {
            NextStep::Licensed { number: facts.held.first().map(|(_, number)| number.clone()).unwrap_or_default() }
        }
    }
}

/// Every step of a kind with what is still to do for it; `None` where it is done.
fn steps(facts: &Facts, kind: LicenceKind, now: OffsetDateTime) -> Vec<(StepCode, Option<NextStep>)> {
    let enrolment = facts.enrolment(kind);
    let at_least = |states: &[EnrolmentState]| enrolment.is_some_and(|enrolment| states.contains(&enrolment.state));
    let passed = at_least(&[EnrolmentState::Passed]);
    let attended = passed || at_least(&[EnrolmentState::Attended]);
    let seated = attended || at_least(&[EnrolmentState::Enrolled]);
    let request = facts.request(kind);

    let mut steps = vec![(StepCode::Profile, (!facts.profile_complete).then_some(NextStep::CompleteProfile))];
    if facts.needs_guardian {
        let asked = if facts.guardian_asked { NextStep::AwaitGuardian } else { NextStep::AskGuardian };
        steps.push((StepCode::Guardian, (!facts.guardian_consented).then_some(asked)));
    }
    steps.push((StepCode::Training, (!seated).then(|| training(enrolment, kind))));
    steps.push((StepCode::Attendance, (!attended).then(|| attendance(enrolment, kind, now))));
    steps.push((StepCode::Test, (!passed).then(|| test(enrolment, kind))));
    steps.push((StepCode::Identity, (!facts.identity_verified).then_some(NextStep::ShowIdentity)));
    match kind {
        LicenceKind::Practitioner => {}
        LicenceKind::TeamLeader => steps.push((
            StepCode::PractitionerLicence,
            (!facts.holds(LicenceKind::Practitioner)).then_some(NextStep::GetPractitionerLicence),
        )),
        LicenceKind::Management => {
            steps.push((StepCode::Organisation, (!facts.manages_organisation).then_some(NextStep::JoinOrganisation)));
        }
    }
    let requested = match request {
        None => Some(NextStep::Request { kind }),
        Some(request) if request.state == RequestState::Returned => {
            Some(NextStep::MendRequest { number: request.number.clone() })
        }
        Some(_) => None,
    };
    steps.push((StepCode::Request, requested));
    let awaited = match request {
        Some(request) => NextStep::AwaitDecision { number: request.number.clone(), by: request.answer_by },
        None => NextStep::Request { kind },
    };
    steps.push((StepCode::Licence, Some(awaited)));
    steps
}

fn training(enrolment: Option<&EnrolmentFacts>, kind: LicenceKind) -> NextStep {
    match enrolment {
        Some(EnrolmentFacts { state: EnrolmentState::Offered, session, offered_until: Some(until), .. }) => {
            NextStep::TakeOffer { session: *session, until: *until }
        }
        Some(EnrolmentFacts { state: EnrolmentState::Waitlisted, session, .. }) => {
            NextStep::AwaitSeat { session: *session }
        }
        _ => NextStep::ChooseSession { kind },
    }
}

fn attendance(enrolment: Option<&EnrolmentFacts>, kind: LicenceKind, now: OffsetDateTime) -> NextStep {
    match enrolment {
        Some(enrolment) if enrolment.starts_at > now => {
            NextStep::Attend { session: enrolment.session, starts_at: enrolment.starts_at }
        }
        Some(enrolment) if enrolment.ends_at > now => NextStep::AwaitAttendance { session: enrolment.session },
        Some(enrolment) => NextStep::AskForMark { session: enrolment.session, until: enrolment.mark_due },
        None => NextStep::ChooseSession { kind },
    }
}

fn test(enrolment: Option<&EnrolmentFacts>, kind: LicenceKind) -> NextStep {
    match enrolment {
        Some(EnrolmentFacts { id, test_until: Some(until), .. }) => {
            NextStep::ContinueTest { enrolment: *id, until: *until }
        }
        Some(EnrolmentFacts { id, .. }) => NextStep::StartTest { enrolment: *id },
        None => NextStep::ChooseSession { kind },
    }
}
