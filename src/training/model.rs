//! States of an enrolment, modes of a session, marks of a roster. Pure, for both targets.

mod filter;
mod marks;
mod report;
mod views;

use serde::{Deserialize, Serialize};

pub use filter::{Filter, SessionOrder, TrainerWhen};
pub use marks::{LARGEST_BATCH, MARKS_PREFIX, MarkAnswer, SentMark};
pub use report::{ReportLine, SessionReport, TestResult};
pub use views::{
    BirthYears, Own, Roster, RosterRow, SessionCard, SessionDetails, SessionsPage, Standing, TrainerPage,
    TrainerSession, Visitor,
};

/// Where an enrolment stands. The database holds the same steps in `state_transitions`; a test compares the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrolmentState {
    Waitlisted,
    /// A freed seat is held for this person until a deadline.
    Offered,
    Enrolled,
    /// The offer was not taken in time.
    Lapsed,
    Cancelled,
    Attended,
    Absent,
    Passed,
    Failed,
}

impl EnrolmentState {
    pub const ALL: [Self; 9] = [
        Self::Waitlisted,
        Self::Offered,
        Self::Enrolled,
        Self::Lapsed,
        Self::Cancelled,
        Self::Attended,
        Self::Absent,
        Self::Passed,
        Self::Failed,
    ];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waitlisted => "waitlisted",
            Self::Offered => "offered",
            Self::Enrolled => "enrolled",
            Self::Lapsed => "lapsed",
            Self::Cancelled => "cancelled",
            Self::Attended => "attended",
            Self::Absent => "absent",
            Self::Passed => "passed",
            Self::Failed => "failed",
        }
    }

    /// Reads [`EnrolmentState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the database lets an enrolment go from this state to another.
    pub fn can_become(self, next: Self) -> bool {
        match self {
            Self::Waitlisted => matches!(next, Self::Offered | Self::Cancelled),
            Self::Offered => matches!(next, Self::Enrolled | Self::Lapsed | Self::Cancelled),
            Self::Enrolled => matches!(next, Self::Cancelled | Self::Attended | Self::Absent),
            Self::Attended => matches!(next, Self::Absent | Self::Passed | Self::Failed),
            Self::Absent => matches!(next, Self::Attended),
            Self::Lapsed | Self::Cancelled | Self::Passed | Self::Failed => false,
        }
    }

    /// Whether a person with such an enrolment has none other in its programme.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Waitlisted | Self::Offered | Self::Enrolled | Self::Attended)
    }

    /// Whether it takes a seat of its session; an offered one does.
    pub fn holds_seat(self) -> bool {
        !matches!(self, Self::Waitlisted | Self::Lapsed | Self::Cancelled)
    }
}

/// How a session is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionMode {
    InPerson,
    Online,
}

impl SessionMode {
    pub const ALL: [Self; 2] = [Self::InPerson, Self::Online];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Online => "online",
        }
    }

    /// Reads [`SessionMode::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// What a trainer notes of a person's attendance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Present,
    Absent,
}

impl Mark {
    /// As forms spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
        }
    }

    /// Reads [`Mark::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Present, Self::Absent].into_iter().find(|mark| mark.code() == code)
    }

    /// The state an enrolment goes to by this mark.
    pub fn state(self) -> EnrolmentState {
        match self {
            Self::Present => EnrolmentState::Attended,
            Self::Absent => EnrolmentState::Absent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for state in EnrolmentState::ALL {
            assert_eq!(EnrolmentState::from_code(state.code()), Some(state));
        }
        for mode in SessionMode::ALL {
            assert_eq!(SessionMode::from_code(mode.code()), Some(mode));
        }
        assert_eq!(EnrolmentState::from_code("none"), None);
    }

    #[test]
    fn what_is_over_becomes_nothing_else() {
        for over in [EnrolmentState::Lapsed, EnrolmentState::Cancelled, EnrolmentState::Passed, EnrolmentState::Failed]
        {
            assert!(EnrolmentState::ALL.into_iter().all(|next| !over.can_become(next)));
        }
    }
}
