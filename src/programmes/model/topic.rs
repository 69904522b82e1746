//! A topic of the question banks: as it is typed, and as the pages show it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::LONGEST_TEXT;
use super::typed::line;
use crate::error::Fields;
use crate::text::paragraph;

/// The texts of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicTexts {
    pub name_ar: String,
    pub name_en: String,
    /// What to read, told to who missed a question of it.
    pub reading_ar: String,
    pub reading_en: String,
}

impl TopicTexts {
    /// Reads them as typed, (Arabic, English) each, noting what is wrong by field.
    pub fn read(fields: &mut Fields, names: [&str; 2], readings: [&str; 2]) -> Option<Self> {
        let name_ar = fields.take("name_ar", line(names[0]));
        let name_en = fields.take("name_en", line(names[1]));
        let reading_ar = fields.take("reading_ar", paragraph(readings[0], LONGEST_TEXT));
        let reading_en = fields.take("reading_en", paragraph(readings[1], LONGEST_TEXT));
        Some(Self { name_ar: name_ar?, name_en: name_en?, reading_ar: reading_ar?, reading_en: reading_en? })
    }
}

/// A topic in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicLine {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    /// Its questions in use, of programmes and of renewal modules.
    pub questions: u32,
}

/// One topic, to be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicView {
    pub id: Uuid,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
    pub reading_ar: String,
    pub reading_en: String,
}
