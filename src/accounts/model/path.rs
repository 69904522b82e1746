//! The way to a licence as one person stands on it: its steps, and the one to take next.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::licences::model::{LicenceKind, RequestState};
use crate::training::model::EnrolmentState;

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepCode {
    Profile,
    Guardian,
    Training,
    Attendance,
    Test,
    Identity,
    PractitionerLicence,
    Organisation,
    Request,
    Licence,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Progress {
    Done,
    Current,
    Todo,
}

/// A step and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathStep {
    pub code: StepCode,
    pub progress: Progress,
}

/// The one thing to do next, or to wait for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NextStep {
    CompleteProfile,
    AskGuardian,
    AwaitGuardian,
    ChooseSession {
        kind: LicenceKind,
    },
    TakeOffer {
        session: Uuid,
        until: OffsetDateTime,
    },
    AwaitSeat {
        session: Uuid,
    },
    Attend {
        session: Uuid,
        starts_at: OffsetDateTime,
    },
    AwaitAttendance {
        session: Uuid,
    },
    StartTest {
        enrolment: Uuid,
    },
    ContinueTest {
        enrolment: Uuid,
        until: OffsetDateTime,
    },
    ShowIdentity,
    GetPractitionerLicence,
    JoinOrganisation,
    Request {
        kind: LicenceKind,
    },
    MendRequest {
        number: String,
    },
    AwaitDecision {
        number: String,
        by: Option<OffsetDateTime>,
    },
    /// A licence is held, and no other is under way.
    Licensed {
        number: String,
    },
}

/// An enrolment, as far as the way needs it.
#[derive(Clone, Debug)]
pub struct EnrolmentFacts {
    pub id: Uuid,
    pub session: Uuid,
    pub kind: LicenceKind,
    pub state: EnrolmentState,
    pub offered_until: Option<OffsetDateTime>,
    pub starts_at: OffsetDateTime,
    /// Deadline of the attempt that is open.
    pub test_until: Option<OffsetDateTime>,
}

/// A request, as far as the way needs it.
#[derive(Clone, Debug)]
pub struct RequestFacts {
    pub number: String,
    pub kind: LicenceKind,
    pub state: RequestState,
    pub answer_by: Option<OffsetDateTime>,
    pub issued: bool,
}

/// All that is known of a person on their way. Lists stand newest first.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Facts {
    pub profile_complete: bool,
    pub needs_guardian: bool,
    pub guardian_asked: bool,
    pub guardian_consented: bool,
    pub identity_verified: bool,
    pub manages_organisation: bool,
    pub enrolments: Vec<EnrolmentFacts>,
    pub requests: Vec<RequestFacts>,
    /// Licences that are valid, suspended or about to begin.
    pub held: Vec<(LicenceKind, String)>,
}

impl Facts {
    fn holds(&self, kind: LicenceKind) -> bool {
        self.held.iter().any(|(held, _)| *held == kind)
    }

    /// The licence under way: what the newest effort was for, else the first licence. `None` for who holds one and
    /// works for no other.
    fn kind(&self) -> Option<LicenceKind> {
        let under_way = |enrolment: &&EnrolmentFacts| {
            !self.holds(enrolment.kind) && (enrolment.state.is_live() || enrolment.state == EnrolmentState::Passed)
        };
        let open = |request: &&RequestFacts| is_open(request) && !self.holds(request.kind);
        self.requests
            .iter()
            .find(open)
            .map(|request| request.kind)
            .or_else(|| self.enrolments.iter().find(under_way).map(|enrolment| enrolment.kind))
            .or_else(|| self.held.is_empty().then_some(LicenceKind::Practitioner))
    }

    /// The enrolment that counts for a kind: the passed one, else the live one.
    fn enrolment(&self, kind: LicenceKind) -> Option<&EnrolmentFacts> {
        let of_kind = || self.enrolments.iter().filter(|enrolment| enrolment.kind == kind);
        of_kind()
            .find(|enrolment| enrolment.state == EnrolmentState::Passed)
            .or_else(|| of_kind().find(|enrolment| enrolment.state.is_live()))
    }

    fn request(&self, kind: LicenceKind) -> Option<&RequestFacts> {
        self.requests.iter().find(|request| request.kind == kind && is_open(request))
    }
}

/// A draft is nothing yet; an approved request is open until its licence is issued, seconds later.
fn is_open(request: &RequestFacts) -> bool {
    match request.state {
        RequestState::Submitted | RequestState::InReview | RequestState::Returned | RequestState::Appealed => true,
        RequestState::Approved => !request.issued,
        RequestState::Draft | RequestState::Rejected | RequestState::Withdrawn => false,
    }
}

/// The kind of licence under way, its steps in order, and what to do next. Without one under way there are no steps.
pub fn path(facts: &Facts, now: OffsetDateTime) -> (Option<LicenceKind>, Vec<PathStep>, NextStep) {
    let Some(kind) = facts.kind() else {
        let number = facts.held.first().map(|(_, number)| number.clone()).unwrap_or_default();
        return (None, Vec::new(), NextStep::Licensed { number });
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
        Some(enrolment) => NextStep::AwaitAttendance { session: enrolment.session },
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

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;
