//! Rows in words.

use super::model::{RowState, Wrong};
use crate::i18n::{Locale, td_string};
use crate::licences::words::{status_tone, status_word};
use crate::ui::tag::Tone;

/// A row's state in a word.
pub fn state_word(locale: Locale, state: RowState) -> &'static str {
    match (state.status(), state) {
        (Some(status), _) => status_word(locale, status),
        (None, RowState::NotFound) => td_string!(locale, bulk.not_found),
        (None, RowState::Malformed) => td_string!(locale, bulk.malformed),
        (None, _) => td_string!(locale, bulk.waiting),
    }
}

/// How a row's state is meant.
pub fn state_tone(state: RowState) -> Tone {
    match (state.status(), state) {
        (Some(status), _) => status_tone(status),
        (None, RowState::NotFound) => Tone::Error,
        (None, RowState::Malformed) => Tone::Warning,
        (None, _) => Tone::Neutral,
    }
}

/// Why a row has no number.
pub fn wrong_text(locale: Locale, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Missing => td_string!(locale, bulk.wrong_missing),
        Wrong::Length => td_string!(locale, bulk.wrong_length),
        Wrong::Mistyped => td_string!(locale, bulk.wrong_mistyped),
        Wrong::Shortened => td_string!(locale, bulk.wrong_shortened),
    }
}
