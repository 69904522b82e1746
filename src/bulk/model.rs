//! A list, its rows and their answers.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::licences::model::{LicenceKind, LicenceStatus, Validity};

/// Rows of a list at most; the database says the same.
pub const MOST_ROWS: usize = 10_000;

/// Bytes of a list at most, pasted or in a file.
pub const LARGEST_LIST: usize = 4 * 1024 * 1024;

/// Rows of a page.
pub const PAGE_ROWS: usize = 100;

/// Where a browser sends a list.
pub const SENT_TO: &str = "/verify/bulk/new";

/// How long a list is kept.
pub const KEPT: Duration = Duration::hours(24);

/// What is known of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    /// What its licence was when it was looked up.
    Was(LicenceStatus),
    /// There is no licence of its number.
    NotFound,
    /// It has no licence number.
    Malformed,
    /// Not looked up yet.
    Waiting,
}

impl RowState {
    /// In the order in which they are told.
    pub const ALL: [Self; 9] = [
        Self::Was(LicenceStatus::Valid),
        Self::Was(LicenceStatus::NotYetValid),
        Self::Was(LicenceStatus::Expired),
        Self::Was(LicenceStatus::Suspended),
        Self::Was(LicenceStatus::Revoked),
        Self::Was(LicenceStatus::Superseded),
        Self::NotFound,
        Self::Malformed,
        Self::Waiting,
    ];

    /// As the database, the URL and the page's data spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Was(status) => status.code(),
            Self::NotFound => "not_found",
            Self::Malformed => "malformed",
            Self::Waiting => "waiting",
        }
    }

    /// Reads [`RowState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl Serialize for RowState {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for RowState {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        Self::from_code(&code).ok_or_else(|| serde::de::Error::custom("no state of a row"))
    }
}

/// Why a row has no licence number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    /// Nothing stands in its column.
    Missing,
    /// Not sixteen digits.
    Length,
    /// The check digit does not fit.
    Mistyped,
    /// A spreadsheet took it for a quantity and dropped its last digits.
    Shortened,
}

impl Wrong {
    pub const ALL: [Self; 4] = [Self::Missing, Self::Length, Self::Mistyped, Self::Shortened];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Length => "length",
            Self::Mistyped => "mistyped",
            Self::Shortened => "shortened",
        }
    }

    /// Reads [`Wrong::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wrong| wrong.code() == code)
    }
}

/// What a row asks about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// Sixteen digits.
    Number(String),
    /// As it was typed, one line of sixty characters at most, and why it is no number.
    Wrong(String, Wrong),
}

/// A row and its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Where it stands in what was sent, counted from 1.
    pub line: i32,
    pub asked: Asked,
    pub state: RowState,
    /// Of the licence, where there is one.
    pub licence: Option<(LicenceKind, Validity)>,
    /// The holder's name as strangers see it, read from the register when the list is shown.
    pub holder: Option<String>,
    #[serde(with = "time::serde::timestamp::option")]
    pub answered_at: Option<OffsetDateTime>,
}

/// A list, how far it is, and a page of its rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    pub id: Uuid,
    /// How many rows are in each state; those of no row are left out.
    pub counts: Vec<(RowState, i64)>,
    /// When the first of its rows was looked up: all that is told was true then or later.
    #[serde(with = "time::serde::timestamp::option")]
    pub answered_from: Option<OffsetDateTime>,
    /// When it will be deleted.
    #[serde(with = "time::serde::timestamp")]
    pub kept_until: OffsetDateTime,
    /// Empty while rows wait: they would change under the reader's eyes.
    pub rows: Vec<Row>,
    /// The line after which the next page goes on.
    pub next: Option<i32>,
}

impl CheckView {
    /// How many rows there are.
    pub fn total(&self) -> i64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// How many rows wait for their answer.
    pub fn waiting(&self) -> i64 {
        self.counts.iter().filter(|(state, _)| *state == RowState::Waiting).map(|(_, count)| count).sum()
    }
}

/// The address of a list, narrowed to a state, from after a line on.
pub fn href(id: Uuid, state: Option<RowState>, after: Option<i32>) -> String {
    let state = state.map(|state| format!("state={}", state.code()));
    let after = after.map(|line| format!("after={line}"));
    let query: Vec<String> = state.into_iter().chain(after).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/verify/bulk/{id}{mark}{}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_problems_are_found_by_their_codes() {
        for state in RowState::ALL {
            assert_eq!(RowState::from_code(state.code()), Some(state));
            let travels = serde_json::to_string(&state).unwrap();
            assert_eq!(travels, format!("\"{}\"", state.code()));
            assert_eq!(serde_json::from_str::<RowState>(&travels).unwrap(), state);
        }
        for status in LicenceStatus::ALL {
            assert!(RowState::ALL.contains(&RowState::Was(status)), "{status:?}");
        }
        for wrong in Wrong::ALL {
            assert_eq!(Wrong::from_code(wrong.code()), Some(wrong));
        }
    }

    #[test]
    fn an_address_carries_what_narrows_it() {
        let id = Uuid::nil();
        assert_eq!(href(id, None, None), format!("/verify/bulk/{id}"));
        assert_eq!(href(id, None, Some(7)), format!("/verify/bulk/{id}?after=7"));
        assert_eq!(href(id, Some(RowState::NotFound), Some(7)), format!("/verify/bulk/{id}?state=not_found&after=7"));
    }
}
