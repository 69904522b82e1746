//! Sheets in words.

use super::model::{Score, SheetState};
use crate::i18n::{Locale, td_string};
use crate::ui::tag::Tone;

/// Where a sheet stands.
pub fn state_word(locale: Locale, state: SheetState) -> (Tone, &'static str) {
    match state {
        SheetState::Waiting => (Tone::Warning, td_string!(locale, papers.waiting)),
        SheetState::Confirmed => (Tone::Success, td_string!(locale, papers.confirmed)),
        SheetState::Declined => (Tone::Error, td_string!(locale, papers.declined)),
        SheetState::Withdrawn => (Tone::Neutral, td_string!(locale, papers.withdrawn)),
    }
}

/// Whether a score passes.
pub fn result_word(locale: Locale, score: Score) -> (Tone, &'static str) {
    if score.passes() {
        (Tone::Success, td_string!(locale, assessment.passed))
    } else {
        (Tone::Error, td_string!(locale, assessment.failed))
    }
}

/// Right answers, questions and the percentage.
pub fn score_text(locale: Locale, score: Score) -> String {
    let Score { right, asked, .. } = score;
    let share = score.percent();
    td_string!(locale, papers.score, right = right, asked = asked, percent = share)
}
