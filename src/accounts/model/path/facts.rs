//! What is known of a person on their way.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::licences::model::{LicenceKind, RequestState};
use crate::training::model::EnrolmentState;

/// An enrolment, as far as the way needs it.
#[derive(Clone, Debug)]
pub struct EnrolmentFacts {
    pub id: Uuid,
    pub session: Uuid,
    pub kind: LicenceKind,
    pub state: EnrolmentState,
    pub offered_until: Option<OffsetDateTime>,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    /// Until when the trainer's mark is waited for.
    pub mark_due: OffsetDateTime,
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
    /// Licences that can be renewed now, with their last day, the first to end first.
    pub renewable: Vec<(Date, String)>,
}

impl Facts {
    pub(super) fn holds(&self, kind: LicenceKind) -> bool {
        self.held.iter().any(|(held, _)| *held == kind)
    }

    /// The licence under way: what the newest effort was for, else the first licence. `None` for who holds one and
    /// works for no other.
    pub(super) fn kind(&self) -> Option<LicenceKind> {
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
    pub(super) fn enrolment(&self, kind: LicenceKind) -> Option<&EnrolmentFacts> {
        let of_kind = || self.enrolments.iter().filter(|enrolment| enrolment.kind == kind);
        of_kind()
            .find(|enrolment| enrolment.state == EnrolmentState::Passed)
            .or_else(|| of_kind().find(|enrolment| enrolment.state.is_live()))
    }

    /// The open request of any kind.
    pub(super) fn open_request(&self) -> Option<&RequestFacts> {
        self.requests.iter().find(|request| is_open(request))
    }

    pub(super) fn request(&self, kind: LicenceKind) -> Option<&RequestFacts> {
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
