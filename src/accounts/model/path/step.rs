//! The steps of the way, and what to do at each.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::licences::model::LicenceKind;

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
    /// The session has ended without a mark; after `until` it counts as an absence.
    AskForMark {
        session: Uuid,
        until: OffsetDateTime,
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
    /// A licence held can be renewed, until its last day.
    Renew {
        number: String,
        until: Date,
    },
    /// A licence is held, and no other is under way.
    Licensed {
        number: String,
    },
}
