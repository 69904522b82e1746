//! Why a licence cannot be renewed, and how far a row of a batch is. Pure, for both targets.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::error::Problem;

/// Why a licence cannot be renewed at an instant, as the database function `renewal_refusal` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Revoked, or superseded by a correction.
    Final,
    /// Its renewal exists.
    Renewed,
    /// Its last day is over.
    Ended,
    Suspended,
    /// Not open yet.
    Early,
}

impl Refusal {
    pub const ALL: [Self; 5] = [Self::Final, Self::Renewed, Self::Ended, Self::Suspended, Self::Early];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Final => "final",
            Self::Renewed => "renewed",
            Self::Ended => "ended",
            Self::Suspended => "suspended",
            Self::Early => "early",
        }
    }

    /// Reads [`Refusal::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// What somebody who asks all the same is told.
    pub fn problem(self) -> Problem {
        match self {
            Self::Final => Problem::NotRenewable,
            Self::Renewed => Problem::RenewedAlready,
            Self::Ended => Problem::RenewalTooLate,
            Self::Suspended => Problem::RenewalSuspended,
            Self::Early => Problem::RenewalTooEarly,
        }
    }
}

/// What the card of a licence says of its renewal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hint {
    /// Open until the licence's last day.
    Open,
    /// Opens on this day.
    Opens(Date),
    /// Renewed by the licence of this number, valid from this day.
    Renewed { number: String, from: Date },
}

/// How far a renewal of a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    Waiting,
    /// Decided; the ten seconds to its effect run.
    Approved,
    /// The new licence exists.
    Issued,
    /// Left for a reviewer's own eyes: something is missing, or it changed meanwhile.
    Left,
}

impl RowState {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Approved, Self::Issued, Self::Left];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Issued => "issued",
            Self::Left => "left",
        }
    }

    /// Whether the database lets a row go from this state to another.
    pub fn can_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Waiting, Self::Approved | Self::Left) | (Self::Approved, Self::Issued | Self::Left)
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_refusal_is_read_as_it_is_spelled() {
        for one in Refusal::ALL {
            assert_eq!(Refusal::from_code(one.code()), Some(one));
        }
    }

    proptest! {
        #[test]
        fn no_code_panics(code in "\\PC{0,20}") {
            let _ = Refusal::from_code(&code);
        }
    }
}
