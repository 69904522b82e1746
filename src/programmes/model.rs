//! What an administrator plans, and how it is typed. Pure, for both targets.

mod filter;
mod import;
mod module;
mod plan;
mod programme;
mod question;
mod reason;
mod series;
mod topic;
mod typed;
mod views;

pub use filter::{Order, ProgrammeFilter, QuestionFilter, SessionFilter, When};
pub use import::{ImportKind, RowReport, Verdict};
pub use module::{ModuleLine, ModuleState, ModuleTexts, ModuleView, ModulesPage};
pub use plan::{Plan, TypedPlan};
pub use programme::ProgrammeTexts;
pub use question::{OPTION_INPUTS, OPTIONS, QuestionTexts, TypedQuestion};
pub use reason::CancelReason;
pub use series::{LONGEST_SERIES, Rhythm};
pub use topic::{TopicLine, TopicTexts, TopicView};
pub use typed::{code, local_day, local_time, number};
pub use views::{
    Choice, Import, ProgrammeLine, ProgrammeView, ProgrammesPage, QuestionLine, QuestionView, QuestionsPage,
    SessionChoices, SessionLine, SessionView, SessionsPage, Statistics,
};

/// Characters of a reason for cancelling at most.
pub const LONGEST_REASON: usize = 1000;
/// Characters of a venue, a title or an answer at most.
pub const LONGEST_LINE: usize = 200;
/// Characters of a summary or a question at most.
pub const LONGEST_TEXT: usize = 1000;
/// Characters of what a renewal module gives to read, at most: both languages fit into one form.
pub const LONGEST_READING: usize = 6000;
/// Characters of a pasted file at most: what the largest form takes.
pub const LONGEST_FILE: usize = 60_000;
