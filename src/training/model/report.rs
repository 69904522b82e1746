//! A session's report, as its trainer reads and prints it.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{EnrolmentState, SessionMode};

/// How somebody's test stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TestResult {
    Passed,
    Failed,
    NotYet,
    /// Nobody tests who did not come.
    None,
}

impl TestResult {
    /// By the state of an enrolment.
    pub fn of(state: EnrolmentState) -> Self {
        match state {
            EnrolmentState::Passed => Self::Passed,
            EnrolmentState::Failed => Self::Failed,
            EnrolmentState::Attended => Self::NotYet,
            _ => Self::None,
        }
    }
}

/// One person of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportLine {
    pub name: String,
    /// `None` while nobody has marked them.
    pub present: Option<bool>,
    pub identity_seen: bool,
    pub result: TestResult,
    /// Whether the result is of a test taken on paper.
    pub on_paper: bool,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionReport {
    pub id: Uuid,
    pub title: String,
    pub mode: SessionMode,
    /// Venue, city and region; `None` online.
    pub place: Option<String>,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    /// When it was read.
    pub read_at: OffsetDateTime,
    pub lines: Vec<ReportLine>,
}

impl SessionReport {
    /// How many people it holds for.
    pub fn count(&self, holds: impl Fn(&ReportLine) -> bool) -> usize {
        self.lines.iter().filter(|line| holds(line)).count()
    }
}
