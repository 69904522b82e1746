//! A programme as it is typed.

use super::typed::line;
use super::{LONGEST_TEXT, number};
use crate::error::Fields;
use crate::text::paragraph;

/// The texts of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeTexts {
    pub title_ar: String,
    pub title_en: String,
    pub summary_ar: String,
    pub summary_en: String,
    pub hours: i16,
}

impl ProgrammeTexts {
    /// Reads them as typed, noting what is wrong by field.
    pub fn read(fields: &mut Fields, titles: [&str; 2], summaries: [&str; 2], hours: &str) -> Option<Self> {
        let title_ar = fields.take("title_ar", line(titles[0]));
        let title_en = fields.take("title_en", line(titles[1]));
        let summary_ar = fields.take("summary_ar", paragraph(summaries[0], LONGEST_TEXT));
        let summary_en = fields.take("summary_en", paragraph(summaries[1], LONGEST_TEXT));
        let hours = fields.take("hours", number::<i16>(hours, 1, 400));
        Some(Self {
            title_ar: title_ar?,
            title_en: title_en?,
            summary_ar: summary_ar?,
            summary_en: summary_en?,
            hours: hours?,
        })
    }
}
