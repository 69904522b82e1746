//! Decisions and the pool they are taken from. Pure, for both targets.

mod pool;
mod reason;

use serde::{Deserialize, Serialize};
use time::Duration;

pub use pool::{AgeBand, Pool};
pub use reason::{FieldReason, RejectReason, RequestField};

/// How long after a decision it takes effect; until then its reviewer may undo it. The database says the same.
pub const EFFECT_AFTER: Duration = Duration::seconds(10);

/// Characters of what a reviewer writes at most.
pub const LONGEST_TEXT: usize = 1000;
/// Characters of an appeal at most.
pub const LONGEST_APPEAL: usize = 2000;

/// What a reviewer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Approved,
    Returned,
    Rejected,
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Approved, Self::Returned, Self::Rejected];

    /// As the database and URLs spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Returned => "returned",
            Self::Rejected => "rejected",
        }
    }

    /// Reads [`Outcome::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its ten seconds run; it can be undone.
    Pending,
    /// It stands.
    Effective,
    /// Its reviewer took it back in time.
    Undone,
    /// The applicant withdrew the request before it took effect.
    Overtaken,
    /// The register forbade the licence when the approval was to take effect; the request went back to the queue.
    Lapsed,
}

impl Standing {
    /// From what the database keeps: the kind of its withdrawal, if any, and whether its time has come.
    pub fn of(withdrawal: Option<&str>, effective: bool) -> Self {
        match withdrawal {
            Some("undone") => Self::Undone,
            Some("overtaken") => Self::Overtaken,
            Some(_) => Self::Lapsed,
            None if effective => Self::Effective,
            None => Self::Pending,
        }
    }
}
