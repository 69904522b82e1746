//! What somebody must end before their account can be closed.

use serde::{Deserialize, Serialize};

use crate::error::Problem;

/// Something that is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocker {
    StaffRole,
    OpenRequest,
    Seat,
    OpenTest,
    Team,
    Organisation,
}

impl Blocker {
    pub const ALL: [Self; 6] =
        [Self::StaffRole, Self::OpenRequest, Self::Seat, Self::OpenTest, Self::Team, Self::Organisation];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::StaffRole => "staff_role",
            Self::OpenRequest => "open_request",
            Self::Seat => "seat",
            Self::OpenTest => "open_test",
            Self::Team => "team",
            Self::Organisation => "organisation",
        }
    }

    /// Reads [`Blocker::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|blocker| blocker.code() == code)
    }

    /// The sentence that says what to end first.
    pub fn problem(self) -> Problem {
        match self {
            Self::StaffRole => Problem::ClosingStaffRole,
            Self::OpenRequest => Problem::ClosingOpenRequest,
            Self::Seat => Problem::ClosingSeat,
            Self::OpenTest => Problem::ClosingOpenTest,
            Self::Team => Problem::ClosingTeam,
            Self::Organisation => Problem::ClosingOrganisation,
        }
    }
}
