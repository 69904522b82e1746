//! Why a session is cancelled, as a closed code. What an administrator writes beside it is a text of its own.

use serde::{Deserialize, Serialize};

/// Why a session does not take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    TrainerUnavailable,
    VenueUnavailable,
    TooFew,
    Weather,
    Other,
}

impl CancelReason {
    pub const ALL: [Self; 5] =
        [Self::TrainerUnavailable, Self::VenueUnavailable, Self::TooFew, Self::Weather, Self::Other];

    /// As the database and forms spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::TrainerUnavailable => "trainer_unavailable",
            Self::VenueUnavailable => "venue_unavailable",
            Self::TooFew => "too_few",
            Self::Weather => "weather",
            Self::Other => "other",
        }
    }

    /// Reads [`CancelReason::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}
