//! A renewal module: as it is typed, where it stands, and as the pages show it.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::typed::line;
use super::{LONGEST_READING, number};
use crate::error::Fields;
use crate::licences::model::LicenceKind;
use crate::text::paragraph;

/// The texts of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleTexts {
    pub title_ar: String,
    pub title_en: String,
    /// Paragraphs, with an empty line between them.
    pub reading_ar: String,
    pub reading_en: String,
    /// How long reading it takes.
    pub minutes: i16,
}

impl ModuleTexts {
    /// Reads them as typed, (Arabic, English) each, noting what is wrong by field.
    pub fn read(fields: &mut Fields, titles: [&str; 2], readings: [&str; 2], minutes: &str) -> Option<Self> {
        let title_ar = fields.take("title_ar", line(titles[0]));
        let title_en = fields.take("title_en", line(titles[1]));
        let reading_ar = fields.take("reading_ar", paragraph(readings[0], LONGEST_READING));
        let reading_en = fields.take("reading_en", paragraph(readings[1], LONGEST_READING));
        let minutes = fields.take("minutes", number::<i16>(minutes, 1, 600));
        Some(Self {
            title_ar: title_ar?,
            title_en: title_en?,
            reading_ar: reading_ar?,
            reading_en: reading_en?,
            minutes: minutes?,
        })
    }
}

/// Where a module stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModuleState {
    /// Not asked of anybody yet.
    Draft,
    /// Who renews reads it and is asked its questions.
    InForce,
    Retired,
}

impl ModuleState {
    /// From what the database keeps of it.
    pub fn of(published: bool, retired: bool) -> Self {
        match (published, retired) {
            (_, true) => Self::Retired,
            (true, false) => Self::InForce,
            (false, false) => Self::Draft,
        }
    }
}

/// A renewal module in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModuleLine {
    pub id: Uuid,
    pub title: String,
    pub kind: LicenceKind,
    pub state: ModuleState,
    /// Since when it is in force; of a retired one, since when it last was.
    pub published_at: Option<OffsetDateTime>,
    pub retired_at: Option<OffsetDateTime>,
    /// Its questions in use.
    pub questions: u32,
    /// Questions that its test asks, by the rules in force.
    pub asked: u32,
}

/// The renewal modules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModulesPage {
    pub modules: Vec<ModuleLine>,
    /// Kinds of which none is in force: nobody can renew such a licence.
    pub without: Vec<LicenceKind>,
}

/// One renewal module, to be changed, put in force or retired.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModuleView {
    pub line: ModuleLine,
    pub title_ar: String,
    pub title_en: String,
    pub reading_ar: String,
    pub reading_en: String,
    /// How long reading it takes.
    pub minutes: u32,
    /// Title of the one in force, whose place it would take.
    pub in_force: Option<String>,
}
