//! What is found in a file to be imported, row by row.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    Sessions,
    Questions,
}

impl ImportKind {
    /// As the database and paths spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Questions => "questions",
        }
    }

    /// Reads [`ImportKind::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Sessions, Self::Questions].into_iter().find(|kind| kind.code() == code)
    }

    /// Columns of the file, by the names in its first line; every one is needed but for [`ImportKind::may_lack`].
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Sessions => &[
                "key",
                "programme",
                "mode",
                "place",
                "venue_ar",
                "venue_en",
                "start_day",
                "start_time",
                "end_day",
                "end_time",
                "enrol_day",
                "enrol_time",
                "trainer",
                "seats",
            ],
            Self::Questions => &[
                "key",
                "kind",
                "topic",
                "stem_ar",
                "stem_en",
                "option1_ar",
                "option1_en",
                "option2_ar",
                "option2_en",
                "option3_ar",
                "option3_en",
                "option4_ar",
                "option4_en",
                "correct",
                "module",
            ],
        }
    }

    /// Whether a file does without a column: those written before there was one are still read.
    pub fn may_lack(self, column: &str) -> bool {
        self == Self::Questions && column == "module"
    }
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It can be imported.
    New,
    /// An earlier file made it; nothing is done.
    Already,
    /// What is wrong, by column; an empty column stands for the row as a whole.
    Bad(Vec<FieldError>),
}

/// One row of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowReport {
    /// Its line in the file, from 1; the first line names the columns.
    pub row: u64,
    /// What it calls itself.
    pub key: String,
    pub verdict: Verdict,
}

impl RowReport {
    pub fn is_bad(&self) -> bool {
        matches!(self.verdict, Verdict::Bad(_))
    }

    pub fn is_new(&self) -> bool {
        self.verdict == Verdict::New
    }
}
