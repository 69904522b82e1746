//! What the pages show, and nothing more: every field of these reaches the HTML.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::question::TypedQuestion;
use super::{CancelReason, ImportKind, RowReport};
use crate::licences::model::LicenceKind;
use crate::training::model::SessionMode;

/// Something to choose from: (value, text).
pub type Choice = (String, String);

/// A session in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionLine {
    pub id: Uuid,
    pub title: String,
    pub kind: LicenceKind,
    /// City and region; `None` online.
    pub place: Option<String>,
    pub starts_at: OffsetDateTime,
    pub trainer: String,
    pub seats: u32,
    pub taken: u32,
    pub waiting: u32,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionsPage {
    pub sessions: Vec<SessionLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
    pub programmes: Vec<Choice>,
    pub regions: Vec<Choice>,
}

/// What a session is planned from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionChoices {
    /// Those in use.
    pub programmes: Vec<Choice>,
    /// Cities as `region/city`.
    pub places: Vec<Choice>,
    pub trainers: Vec<Choice>,
}

/// One session, to be changed or cancelled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionView {
    pub id: Uuid,
    pub programme: Uuid,
    pub title: String,
    pub mode: SessionMode,
    /// As `region/city`.
    pub place: String,
    pub venue_ar: String,
    pub venue_en: String,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    pub enrol_by: OffsetDateTime,
    pub trainer: Uuid,
    pub trainer_name: String,
    pub seats: u32,
    pub taken: u32,
    pub waiting: u32,
    pub started: bool,
    /// Why and when it was cancelled, and what was said of it; an old cancellation may say nothing.
    pub cancelled: Option<(OffsetDateTime, Option<(CancelReason, String)>)>,
    pub choices: SessionChoices,
}

/// A programme in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeLine {
    pub id: Uuid,
    pub title: String,
    pub code: String,
    pub kind: LicenceKind,
    pub hours: u32,
    /// Sessions still to come.
    pub upcoming: u32,
    pub retired: bool,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgrammesPage {
    pub programmes: Vec<ProgrammeLine>,
    pub next: Option<String>,
}

/// One programme, to be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeView {
    pub id: Uuid,
    pub code: String,
    pub kind: LicenceKind,
    pub title_ar: String,
    pub title_en: String,
    pub summary_ar: String,
    pub summary_en: String,
    pub hours: u32,
    pub retired: bool,
}

/// How a question did in tests that have ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    pub asked: u32,
    /// Share answered right, in percent; `None` where it was never asked.
    pub right_percent: Option<f64>,
    /// Corrected item–total correlation, from -1 to 1; `None` below the bound of answers, or where all scored alike.
    pub discrimination: Option<f64>,
    /// Whether too few answers are there to speak of discrimination.
    pub too_few: bool,
}

/// A question in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionLine {
    pub id: Uuid,
    pub kind: LicenceKind,
    /// Title of the renewal module whose test asks it; `None` for the test of its kind's programmes.
    pub module: Option<String>,
    pub topic: String,
    pub stem: String,
    pub retired: bool,
    /// It replaced an earlier one.
    pub mended: bool,
    pub statistics: Statistics,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionsPage {
    pub questions: Vec<QuestionLine>,
    pub next: Option<String>,
    pub topics: Vec<Choice>,
    /// Renewal modules, the retired too.
    pub modules: Vec<Choice>,
}

/// One question, to be mended; a new one has no id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionView {
    pub id: Option<Uuid>,
    pub typed: TypedQuestion,
    pub topics: Vec<Choice>,
    /// Renewal modules that are not retired.
    pub modules: Vec<Choice>,
    /// Title of the module it belongs to.
    pub module: Option<String>,
    pub retired: bool,
    pub replaces: Option<Uuid>,
    pub replaced_by: Option<Uuid>,
    pub statistics: Statistics,
}

/// A file that was sent to be imported, and what was found in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Import {
    pub id: Uuid,
    pub kind: ImportKind,
    pub rows: Vec<RowReport>,
    pub imported_at: Option<OffsetDateTime>,
}
