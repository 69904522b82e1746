//! What is stored of a licence's life, and what follows from it on a day.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::calendar::riyadh_day;

/// What is stored of a licence's life. What is shown is [`LicenceStatus`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceState {
    Active,
    Suspended,
    Revoked,
    Superseded,
}

impl LicenceState {
    pub const ALL: [Self; 4] = [Self::Active, Self::Suspended, Self::Revoked, Self::Superseded];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
        }
    }

    /// Reads [`LicenceState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the database lets a licence go from this state to another.
    pub fn can_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Active, Self::Suspended)
                | (Self::Suspended, Self::Active)
                | (Self::Active | Self::Suspended, Self::Revoked | Self::Superseded)
        )
    }
}

/// The days on which a licence is valid, read in Asia/Riyadh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The first valid day.
    #[serde(with = "crate::calendar::as_number")]
    pub from: Date,
    /// The last valid day; the licence ends at midnight after it.
    #[serde(with = "crate::calendar::as_number")]
    pub to: Date,
}

impl Validity {
    /// From the half-open range that is stored: `until` is the day after the last.
    pub fn new(from: Date, until: Date) -> Self {
        Self { from, to: until.previous_day().unwrap_or(until) }
    }
}

/// What a licence is at an instant, as everybody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceStatus {
    Revoked,
    Superseded,
    Expired,
    Suspended,
    NotYetValid,
    Valid,
}

impl LicenceStatus {
    /// In the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::Valid, Self::NotYetValid, Self::Expired, Self::Suspended, Self::Revoked, Self::Superseded];

    /// As programs, receipts and stored answers spell it: the one place that does.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
            Self::Expired => "expired",
            Self::Suspended => "suspended",
            Self::NotYetValid => "not_yet_valid",
            Self::Valid => "valid",
        }
    }

    /// The first that applies. `renewed`: the licence that starts the day after this one ends exists.
    pub fn at(state: LicenceState, valid: Validity, renewed: bool, now: OffsetDateTime) -> Self {
        let today = riyadh_day(now);
        let ended = today > valid.to;
        match state {
            LicenceState::Revoked => Self::Revoked,
            LicenceState::Superseded => Self::Superseded,
            _ if ended && renewed => Self::Superseded,
            _ if ended => Self::Expired,
            LicenceState::Suspended => Self::Suspended,
            LicenceState::Active if today < valid.from => Self::NotYetValid,
            LicenceState::Active => Self::Valid,
        }
    }

    /// Whether its holder is given it on paper. What was taken away or set aside is not: paper cannot say so, while of its
    /// days it tells by itself.
    pub fn is_printed(self) -> bool {
        matches!(self, Self::Valid | Self::NotYetValid | Self::Expired)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn a_status_travels_as_its_code() {
        for status in LicenceStatus::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.code());
        }
    }

    #[test]
    fn the_status_shown_is_the_first_that_applies() {
        use {LicenceState as State, LicenceStatus as Status};
        let valid = Validity::new(date!(2025 - 01 - 01), date!(2027 - 01 - 01));
        let (before, during, after) =
            (datetime!(2024-06-01 0:00 UTC), datetime!(2026-06-01 0:00 UTC), datetime!(2027-06-01 0:00 UTC));
        for (state, renewed, now, shown) in [
            (State::Revoked, true, after, Status::Revoked),
            (State::Superseded, false, after, Status::Superseded),
            (State::Active, true, after, Status::Superseded),
            (State::Active, true, during, Status::Valid),
            (State::Suspended, false, after, Status::Expired),
            (State::Active, false, after, Status::Expired),
            (State::Suspended, false, before, Status::Suspended),
            (State::Suspended, false, during, Status::Suspended),
            (State::Active, false, before, Status::NotYetValid),
            (State::Active, false, during, Status::Valid),
        ] {
            assert_eq!(LicenceStatus::at(state, valid, renewed, now), shown, "{state:?} {renewed} {now}");
        }
    }

    #[test]
    fn a_licence_ends_at_midnight_in_riyadh_to_the_second() {
        let valid = Validity::new(date!(2025 - 01 - 01), date!(2027 - 01 - 01));
        let at = |now| LicenceStatus::at(LicenceState::Active, valid, false, now);
        assert_eq!(at(datetime!(2026-12-31 20:59:59 UTC)), LicenceStatus::Valid);
        assert_eq!(at(datetime!(2026-12-31 21:00:00 UTC)), LicenceStatus::Expired);
        assert_eq!(at(datetime!(2024-12-31 20:59:59 UTC)), LicenceStatus::NotYetValid);
        assert_eq!(at(datetime!(2024-12-31 21:00:00 UTC)), LicenceStatus::Valid);
    }
}
