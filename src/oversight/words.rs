//! Acts, reasons and steps in words, for officers, holders and strangers alike.

use super::model::{Act, Event, Outcome, Reason};
use crate::i18n::{Locale, td_string};
use crate::licences::model::LicenceStatus;
use crate::ui::tag::Tone;

/// Name of an act.
pub fn act_name(locale: Locale, act: Act) -> &'static str {
    match act {
        Act::Suspend => td_string!(locale, oversight.act_suspend),
        Act::Restore => td_string!(locale, oversight.act_restore),
        Act::Revoke => td_string!(locale, oversight.act_revoke),
        Act::Correct => td_string!(locale, oversight.act_correct),
    }
}

/// A proposed act in a word.
pub fn proposal_name(locale: Locale, act: Act) -> &'static str {
    if act == Act::Restore {
        td_string!(locale, oversight.proposal_restore)
    } else {
        td_string!(locale, oversight.proposal_revoke)
    }
}

/// The public text of a reason.
pub fn reason_text(locale: Locale, reason: Reason) -> &'static str {
    match reason {
        Reason::ComplaintUnderReview => td_string!(locale, oversight.complaint_under_review),
        Reason::DetailsUnderReview => td_string!(locale, oversight.details_under_review),
        Reason::HolderAsked => td_string!(locale, oversight.holder_asked),
        Reason::Cleared => td_string!(locale, oversight.cleared),
        Reason::Mended => td_string!(locale, oversight.mended),
        Reason::Mistaken => td_string!(locale, oversight.mistaken),
        Reason::CharterBreach => td_string!(locale, oversight.charter_breach),
        Reason::UntrueDetails => td_string!(locale, oversight.untrue_details),
        Reason::IssuedInError => td_string!(locale, oversight.issued_in_error),
        Reason::NameCorrected => td_string!(locale, oversight.name_corrected),
        Reason::DocumentDiffers => td_string!(locale, oversight.document_differs),
        Reason::NameChanged => td_string!(locale, oversight.name_changed),
    }
}

/// A step in words. What is issued for a reason is issued to correct another.
pub fn event_word(locale: Locale, event: Event, reason: Option<Reason>) -> (Tone, &'static str) {
    match event {
        Event::Issued if reason.is_some() => (Tone::Success, td_string!(locale, oversight.event_corrected)),
        Event::Issued => (Tone::Success, td_string!(locale, oversight.event_issued)),
        Event::Suspended => (Tone::Warning, td_string!(locale, oversight.event_suspended)),
        Event::Restored => (Tone::Success, td_string!(locale, oversight.event_restored)),
        Event::Revoked => (Tone::Error, td_string!(locale, oversight.event_revoked)),
        Event::Superseded => (Tone::Info, td_string!(locale, oversight.event_superseded)),
    }
}

/// What became of a proposal, in a word.
pub fn outcome_word(locale: Locale, outcome: Outcome) -> (Tone, &'static str) {
    match outcome {
        Outcome::Approved => (Tone::Success, td_string!(locale, oversight.outcome_approved)),
        Outcome::Refused => (Tone::Error, td_string!(locale, oversight.outcome_refused)),
        Outcome::Withdrawn => (Tone::Neutral, td_string!(locale, oversight.outcome_withdrawn)),
    }
}

/// What a holder can do next, by what the licence is now; `None` where nothing calls for it.
pub fn next_step(locale: Locale, status: LicenceStatus, corrected: bool) -> Option<&'static str> {
    match status {
        LicenceStatus::Suspended => Some(td_string!(locale, oversight.next_suspended)),
        LicenceStatus::Revoked => Some(td_string!(locale, oversight.next_revoked)),
        LicenceStatus::Superseded if corrected => Some(td_string!(locale, oversight.next_superseded)),
        _ => None,
    }
}
