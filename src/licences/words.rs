//! Kinds, states and prerequisites in words, for every page that shows them.

use leptos_i18n::I18nContext;

use super::model::{LicenceKind, LicenceStatus, Prerequisite, RequestState, Requirement};
use crate::i18n::{Locale, tu_string};
use crate::ui::number::grouped;
use crate::ui::tag::Tone;

/// Name of a kind: «رخصة ممارس العمل التطوعي».
pub fn kind_name(i18n: I18nContext<Locale>, kind: LicenceKind) -> &'static str {
    match kind {
        LicenceKind::Practitioner => tu_string!(i18n, licences.kind_practitioner),
        LicenceKind::TeamLeader => tu_string!(i18n, licences.kind_team_leader),
        LicenceKind::Management => tu_string!(i18n, licences.kind_management),
    }
}

/// A licence's status in a word.
pub fn status_word(i18n: I18nContext<Locale>, status: LicenceStatus) -> &'static str {
    match status {
        LicenceStatus::Valid => tu_string!(i18n, licences.status_valid),
        LicenceStatus::NotYetValid => tu_string!(i18n, licences.status_not_yet_valid),
        LicenceStatus::Expired => tu_string!(i18n, licences.status_expired),
        LicenceStatus::Suspended => tu_string!(i18n, licences.status_suspended),
        LicenceStatus::Revoked => tu_string!(i18n, licences.status_revoked),
        LicenceStatus::Superseded => tu_string!(i18n, licences.status_superseded),
    }
}

/// How a licence's status is meant.
pub fn status_tone(status: LicenceStatus) -> Tone {
    match status {
        LicenceStatus::Valid => Tone::Success,
        LicenceStatus::NotYetValid | LicenceStatus::Superseded => Tone::Info,
        LicenceStatus::Expired | LicenceStatus::Suspended => Tone::Warning,
        LicenceStatus::Revoked => Tone::Error,
    }
}

/// A request's state in a word.
pub fn request_word(i18n: I18nContext<Locale>, state: RequestState) -> &'static str {
    match state {
        RequestState::Draft => tu_string!(i18n, licences.request_draft),
        RequestState::Submitted => tu_string!(i18n, licences.request_submitted),
        RequestState::InReview => tu_string!(i18n, licences.request_in_review),
        RequestState::Approved => tu_string!(i18n, licences.request_approved),
        RequestState::Rejected => tu_string!(i18n, licences.request_rejected),
        RequestState::Returned => tu_string!(i18n, licences.request_returned),
        RequestState::Withdrawn => tu_string!(i18n, licences.request_withdrawn),
        RequestState::Appealed => tu_string!(i18n, licences.request_appealed),
    }
}

/// How a request's state is meant.
pub fn request_tone(state: RequestState) -> Tone {
    match state {
        RequestState::Approved => Tone::Success,
        RequestState::Rejected => Tone::Error,
        RequestState::Returned => Tone::Warning,
        RequestState::Submitted | RequestState::InReview | RequestState::Appealed => Tone::Info,
        RequestState::Draft | RequestState::Withdrawn => Tone::Neutral,
    }
}

/// Name of a prerequisite.
pub fn prerequisite_name(i18n: I18nContext<Locale>, what: Prerequisite) -> &'static str {
    match what {
        Prerequisite::Profile => tu_string!(i18n, licences.needs_profile),
        Prerequisite::Programme => tu_string!(i18n, licences.needs_programme),
        Prerequisite::Identity => tu_string!(i18n, licences.needs_identity),
        Prerequisite::PractitionerLicence => tu_string!(i18n, licences.needs_practitioner_licence),
        Prerequisite::Organisation => tu_string!(i18n, licences.needs_organisation),
    }
}

/// What shows that a prerequisite is met.
pub fn evidence_text(i18n: I18nContext<Locale>, requirement: &Requirement) -> String {
    match requirement.what {
        Prerequisite::Identity if requirement.evidence == "single_sign_on" => {
            tu_string!(i18n, licences.identity_by_single_sign_on).to_owned()
        }
        Prerequisite::Identity if requirement.evidence == "trainer" => {
            tu_string!(i18n, licences.identity_by_trainer).to_owned()
        }
        Prerequisite::PractitionerLicence => grouped(&requirement.evidence, 4),
        _ => requirement.evidence.clone(),
    }
}
