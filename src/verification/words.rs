//! Answers in words.

use crate::i18n::{Locale, td_string};
use crate::licences::model::LicenceStatus;
use crate::ui::icon::Glyph;

/// How a status is said to who asks: the modifier of its look, its icon, its title and what it means. `None` is a number
/// of which there is no licence.
pub fn verdict_words(
    locale: Locale,
    status: Option<LicenceStatus>,
) -> (&'static str, Glyph, &'static str, &'static str) {
    match status {
        Some(LicenceStatus::Valid) => {
            ("valid", Glyph::Tick, td_string!(locale, verification.valid), td_string!(locale, verification.valid_means))
        }
        Some(LicenceStatus::NotYetValid) => (
            "not-yet",
            Glyph::Clock,
            td_string!(locale, verification.not_yet_valid),
            td_string!(locale, verification.not_yet_valid_means),
        ),
        Some(LicenceStatus::Expired) => (
            "expired",
            Glyph::Clock,
            td_string!(locale, verification.expired),
            td_string!(locale, verification.expired_means),
        ),
        Some(LicenceStatus::Suspended) => (
            "suspended",
            Glyph::Pause,
            td_string!(locale, verification.suspended),
            td_string!(locale, verification.suspended_means),
        ),
        Some(LicenceStatus::Revoked) => (
            "revoked",
            Glyph::Cross,
            td_string!(locale, verification.revoked),
            td_string!(locale, verification.revoked_means),
        ),
        Some(LicenceStatus::Superseded) => (
            "superseded",
            Glyph::Info,
            td_string!(locale, verification.superseded),
            td_string!(locale, verification.superseded_means),
        ),
        None => (
            "not-found",
            Glyph::Cross,
            td_string!(locale, verification.not_found),
            td_string!(locale, verification.not_found_means),
        ),
    }
}
