//! Answers for a day in words.

use super::model::{Change, Checked, Proof, Standing};
use crate::i18n::{Locale, td_string};
use crate::licences::model::LicenceStatus;
use crate::oversight::words::event_word;
use crate::signing::model::Refusal;
use crate::ui::date::riyadh_time;
use crate::ui::icon::Glyph;
use crate::ui::tag::Tone;

/// How an answer is said: the modifier of its look, its icon, its title and what it means.
pub fn standing_words(locale: Locale, standing: Standing) -> (&'static str, Glyph, &'static str, &'static str) {
    use {LicenceStatus as Status, Standing::Was};
    match standing {
        Was(Status::Valid) => {
            ("valid", Glyph::Tick, td_string!(locale, receipts.valid), td_string!(locale, receipts.valid_means))
        }
        Was(Status::NotYetValid) => (
            "not-yet",
            Glyph::Clock,
            td_string!(locale, receipts.not_yet_valid),
            td_string!(locale, receipts.not_yet_valid_means),
        ),
        Was(Status::Expired) => {
            ("expired", Glyph::Clock, td_string!(locale, receipts.expired), td_string!(locale, receipts.expired_means))
        }
        Was(Status::Suspended) => (
            "suspended",
            Glyph::Pause,
            td_string!(locale, receipts.suspended),
            td_string!(locale, receipts.suspended_means),
        ),
        Was(Status::Revoked) => {
            ("revoked", Glyph::Cross, td_string!(locale, receipts.revoked), td_string!(locale, receipts.revoked_means))
        }
        Was(Status::Superseded) => (
            "superseded",
            Glyph::Info,
            td_string!(locale, receipts.superseded),
            td_string!(locale, receipts.superseded_means),
        ),
        Standing::NotIssued => (
            "not-yet",
            Glyph::Clock,
            td_string!(locale, receipts.not_issued),
            td_string!(locale, receipts.not_issued_means),
        ),
        Standing::NotFound => (
            "not-found",
            Glyph::Cross,
            td_string!(locale, verification.not_found),
            td_string!(locale, verification.not_found_means),
        ),
    }
}

/// A change within the day.
pub fn change_words(locale: Locale, change: Change) -> String {
    let (_, event) = event_word(locale, change.event, None);
    let time = riyadh_time(change.at);
    td_string!(locale, receipts.change, event = event, time = time)
}

/// What is found of a receipt's signature: how it is meant, and in words.
pub fn signature_words(locale: Locale, checked: &Checked) -> (Tone, &'static str, &'static str) {
    match checked {
        Checked::Signed(receipt) if receipt.key_retired => {
            (Tone::Warning, td_string!(locale, receipts.key_retired), td_string!(locale, receipts.key_retired_text))
        }
        Checked::Signed(_) => {
            (Tone::Success, td_string!(locale, receipts.signed), td_string!(locale, receipts.signed_text))
        }
        Checked::Refused(Refusal::Shape | Refusal::Encoding | Refusal::Header) => {
            (Tone::Error, td_string!(locale, receipts.no_receipt), td_string!(locale, receipts.no_receipt_text))
        }
        Checked::Refused(Refusal::UnknownKey) => {
            (Tone::Error, td_string!(locale, receipts.unknown_key), td_string!(locale, receipts.unknown_key_text))
        }
        Checked::Refused(Refusal::Algorithm | Refusal::Signature | Refusal::Contents) => {
            (Tone::Error, td_string!(locale, receipts.forged), td_string!(locale, receipts.forged_text))
        }
    }
}

/// What the log says of a receipt: how it is meant, and in words.
pub fn proof_words(locale: Locale, proof: Proof, held: bool) -> (Tone, String) {
    match proof {
        Proof::Fails => (Tone::Error, td_string!(locale, receipts.proof_fails).to_owned()),
        _ if !held => (Tone::Error, td_string!(locale, receipts.not_held).to_owned()),
        Proof::Nothing => (Tone::Info, td_string!(locale, receipts.proof_nothing).to_owned()),
        Proof::Holds { events, leaves } => {
            (Tone::Success, td_string!(locale, receipts.proof_holds, count = events, leaves = leaves))
        }
    }
}
