//! Rows in words.

use super::model::{RowState, Wrong};
use crate::i18n::{Locale, td_string};
use crate::licences::words::{status_tone, status_word};
use crate::ui::tag::Tone;

/// A row's state in a word.
pub fn state_word(locale: Locale, state: RowState) -> &'static str {
    match state {
        RowState::Was(status) => status_word(locale, status),
        RowState::NotFound => td_string!(locale, bulk.not_found),
        RowState::Malformed => td_string!(locale, bulk.malformed),
        RowState::Waiting => td_string!(locale, bulk.waiting),
    }
}

/// How a row's state is meant.
pub fn state_tone(state: RowState) -> Tone {
    match state {
        RowState::Was(status) => status_tone(status),
        RowState::NotFound => Tone::Error,
        RowState::Malformed => Tone::Warning,
        RowState::Waiting => Tone::Neutral,
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
