//! Outcomes and reasons in words, for reviewers and applicants alike.

use super::model::{AgeBand, FieldReason, Outcome, RejectReason, RequestField, Standing};
use crate::i18n::{Locale, td_string};
use crate::ui::tag::Tone;

/// An outcome in a word, and how it is meant.
pub fn outcome_word(locale: Locale, outcome: Outcome) -> (Tone, &'static str) {
    match outcome {
        Outcome::Approved => (Tone::Success, td_string!(locale, review.outcome_approved)),
        Outcome::Returned => (Tone::Warning, td_string!(locale, review.outcome_returned)),
        Outcome::Rejected => (Tone::Error, td_string!(locale, review.outcome_rejected)),
    }
}

/// What became of a decision.
pub fn standing_word(locale: Locale, standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => td_string!(locale, review.standing_pending),
        Standing::Effective => td_string!(locale, review.standing_effective),
        Standing::Undone => td_string!(locale, review.standing_undone),
        Standing::Overtaken => td_string!(locale, review.standing_overtaken),
        Standing::Lapsed => td_string!(locale, review.standing_lapsed),
    }
}

/// Name of a field of a request.
pub fn field_name(locale: Locale, field: RequestField) -> &'static str {
    match field {
        RequestField::Name => td_string!(locale, licences.name),
        RequestField::LatinName => td_string!(locale, licences.latin_name),
        RequestField::BirthDate => td_string!(locale, licences.birth_date),
        RequestField::Place => td_string!(locale, licences.place),
        RequestField::Organisation => td_string!(locale, licences.organisation),
    }
}

/// Why a field needs mending.
pub fn field_reason(locale: Locale, reason: FieldReason) -> &'static str {
    match reason {
        FieldReason::DiffersFromDocument => td_string!(locale, review.differs_from_document),
        FieldReason::Incomplete => td_string!(locale, review.incomplete),
        FieldReason::Misspelt => td_string!(locale, review.misspelt),
        FieldReason::Outdated => td_string!(locale, review.outdated),
        FieldReason::Other => td_string!(locale, review.other_reason),
    }
}

/// Why a request is rejected.
pub fn reject_reason(locale: Locale, reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::NotEligible => td_string!(locale, review.not_eligible),
        RejectReason::UntrueDetails => td_string!(locale, review.untrue_details),
        RejectReason::CharterBreach => td_string!(locale, review.charter_breach),
        RejectReason::EvidenceNotAccepted => td_string!(locale, review.evidence_not_accepted),
        RejectReason::Other => td_string!(locale, review.other_reason),
    }
}

/// Name of an age band.
pub fn age_name(locale: Locale, age: AgeBand) -> &'static str {
    match age {
        AgeBand::Under18 => td_string!(locale, review.age_under_18),
        AgeBand::From18To29 => td_string!(locale, review.age_18_29),
        AgeBand::From30To44 => td_string!(locale, review.age_30_44),
        AgeBand::From45To59 => td_string!(locale, review.age_45_59),
        AgeBand::From60 => td_string!(locale, review.age_from_60),
    }
}

/// A waiting time in whole hours, from two days on in whole days.
pub fn waiting_time(locale: Locale, minutes: Option<i64>) -> String {
    match minutes.map(|minutes| minutes / 60) {
        None => td_string!(locale, pages.home_no_decisions).to_owned(),
        Some(hours @ ..48) => td_string!(locale, pages.hours, count = hours),
        Some(hours) => {
            let days = hours / 24;
            td_string!(locale, pages.days, count = days)
        }
    }
}
