//! What the pages show, and nothing more: every field of these reaches the HTML.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Score, SheetState};

/// The paper results of a trainer's own session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionResults {
    pub session: Uuid,
    /// The programme's.
    pub title: String,
    pub starts_at: OffsetDateTime,
    /// Questions of the paper recorded last.
    pub asked: Option<i16>,
    pub rows: Vec<ResultRow>,
}

/// Somebody who attended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultRow {
    pub enrolment: Uuid,
    pub name: String,
    pub standing: RowStanding,
    /// The one that waits, or the latest.
    pub sheet: Option<SheetView>,
}

/// Whether a result can be recorded for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowStanding {
    Open,
    /// A sheet waits for the second officer.
    Waiting,
    /// They are taking the test online at this moment.
    TestOpen,
    /// The attempts are used up, or the test is passed.
    Over,
    /// The trainer themselves or somebody of their team: another trainer's to record.
    Tied,
}

/// A sheet as its session's trainer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetView {
    pub id: Uuid,
    pub state: SheetState,
    pub score: Score,
    /// Whether the trainer who asks recorded it.
    pub own: bool,
}

/// A page of the sheets that wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingPage {
    pub sheets: Vec<WaitingLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A sheet in the list. The name is masked as for strangers: who leafs through has not opened anybody's record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingLine {
    pub id: Uuid,
    pub person: Uuid,
    /// Empty once the account is closed.
    pub name: String,
    pub session: Uuid,
    /// The programme's.
    pub title: String,
    pub starts_at: OffsetDateTime,
    /// The name of who recorded it.
    pub trainer: String,
    pub score: Score,
    pub recorded_at: OffsetDateTime,
    pub deciding: Deciding,
}

/// Whether an officer may decide a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deciding {
    Open,
    /// The account was closed meanwhile: it can be declined alone.
    Closed,
    /// They recorded it.
    Own,
    /// They are tied to its person.
    Tied,
}
