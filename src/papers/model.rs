//! Where a sheet stands, its score, what a trainer typed, what the pages are asked for and shown. Pure, for both targets.

mod asked;
mod typed;
mod views;

use serde::{Deserialize, Serialize};

use crate::assessment::model::{needed, percent};

pub use asked::Asked;
pub use typed::{Sheets, right_field};
pub use views::{Deciding, ResultRow, RowStanding, SessionResults, SheetView, WaitingLine, WaitingPage};

/// Fewest questions of a paper; the database says the same.
pub const FEWEST_QUESTIONS: i16 = 5;
/// Most questions of a paper; the database says the same.
pub const MOST_QUESTIONS: i16 = 200;

/// Where a sheet stands. Mirrors the machine `paper_result` of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetState {
    /// For a second officer to decide.
    Waiting,
    /// It counts as an attempt.
    Confirmed,
    /// The second officer did not confirm it.
    Declined,
    /// Its trainer took it back.
    Withdrawn,
}

impl SheetState {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Confirmed, Self::Declined, Self::Withdrawn];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`SheetState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the database lets a sheet go from this state to another. It is decided once.
    pub fn can_become(self, next: Self) -> bool {
        self == Self::Waiting && next != Self::Waiting
    }
}

/// What a sheet says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub right: i16,
    pub asked: i16,
    /// In force when the sheet was recorded.
    pub pass_mark_percent: i16,
}

impl Score {
    /// Whether it reaches the pass mark.
    pub fn passes(self) -> bool {
        i32::from(self.right) >= needed(self.asked.into(), self.pass_mark_percent.into())
    }

    /// A whole percentage, rounded down.
    pub fn percent(self) -> i32 {
        percent(self.right.into(), self.asked.into())
    }
}

/// The page of a session's paper results.
pub fn results_path(session: &str) -> String {
    format!("/trainer/{session}/results")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_as_they_are_spelt() {
        for state in SheetState::ALL {
            assert_eq!(SheetState::from_code(state.code()), Some(state));
        }
        assert_eq!(SheetState::from_code("open"), None);
    }

    #[test]
    fn a_score_passes_from_the_mark_on() {
        let of = |right| Score { right, asked: 20, pass_mark_percent: 70 };
        assert!(of(14).passes() && !of(13).passes());
        assert_eq!(of(13).percent(), 65);
    }
}
