//! The states of a request.

use serde::{Deserialize, Serialize};

/// Where a licence request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    Draft,
    Submitted,
    InReview,
    Approved,
    Rejected,
    Returned,
    Withdrawn,
    Appealed,
}

impl RequestState {
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Submitted,
        Self::InReview,
        Self::Approved,
        Self::Rejected,
        Self::Returned,
        Self::Withdrawn,
        Self::Appealed,
    ];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
            Self::Appealed => "appealed",
        }
    }

    /// Reads [`RequestState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the database lets a request go from this state to another.
    pub fn can_become(self, next: Self) -> bool {
        match self {
            Self::Draft => matches!(next, Self::Submitted | Self::Withdrawn),
            Self::Submitted => matches!(next, Self::InReview | Self::Withdrawn),
            Self::InReview => !matches!(next, Self::Draft | Self::InReview),
            Self::Returned => matches!(next, Self::Submitted | Self::Withdrawn),
            Self::Rejected => matches!(next, Self::Appealed),
            Self::Appealed => matches!(next, Self::InReview),
            Self::Approved | Self::Withdrawn => false,
        }
    }

    /// Whether its applicant may still take it back.
    pub fn can_be_withdrawn(self) -> bool {
        self.can_become(Self::Withdrawn)
    }
}
