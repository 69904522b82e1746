//! What pages are shown: one type a view, no field more than it shows.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::path::{NextStep, PathStep};
use crate::licences::model::{LicenceKind, LicenceStatus, RequestState, Validity};
use crate::training::model::EnrolmentState;

/// The signed-in home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Home {
    pub given_name: Option<String>,
    pub kind: Option<LicenceKind>,
    pub next: NextStep,
    pub steps: Vec<PathStep>,
    pub licences: Vec<OwnLicence>,
    pub requests: Vec<OwnRequest>,
    pub enrolments: Vec<OwnEnrolment>,
    /// How many messages were not opened yet.
    pub new_messages: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnLicence {
    pub number: String,
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    pub valid: Validity,
    /// Whether it can be renewed now.
    pub renewable: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnRequest {
    pub number: String,
    pub kind: LicenceKind,
    pub state: RequestState,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnEnrolment {
    /// Its own id where it was passed, which a certificate tells.
    pub passed: Option<Uuid>,
    pub session: Uuid,
    pub title: String,
    pub state: EnrolmentState,
    pub starts_at: OffsetDateTime,
    pub offered_until: Option<OffsetDateTime>,
}

/// One's own profile, for its form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    pub given_name: String,
    pub father_name: String,
    pub grandfather_name: String,
    pub family_name: String,
    pub latin_name: String,
    pub birth_date: Option<Date>,
    /// `region/city`; empty when none was chosen.
    pub place: String,
    pub email: String,
    /// Name and birth date are then fixed.
    pub identity_verified: bool,
}

/// A region with its cities, in the language of the request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    pub name: String,
    /// (`region/city`, name): city names repeat across regions.
    pub cities: Vec<(String, String)>,
}

/// Where somebody stands with their guardian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GuardianStanding {
    NotNeeded,
    ToAsk,
    Asked { at: OffsetDateTime },
    Consented { at: OffsetDateTime },
}

/// What a guardian is shown of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianRequest {
    pub masked_name: String,
    pub consented: bool,
}

/// A sign-in of one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    pub session: Uuid,
    pub started_at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
    /// The one this is read in.
    pub this_one: bool,
}
