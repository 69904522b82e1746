//! Kinds, states and prerequisites in words, for every page that shows them.

use super::model::{LicenceKind, LicenceStatus, Prerequisite, RequestState, Requirement};
use crate::i18n::{Locale, td_string};
use crate::ui::number::grouped;
use crate::ui::tag::Tone;

/// Name of a kind: «رخصة ممارس العمل التطوعي».
pub fn kind_name(locale: Locale, kind: LicenceKind) -> &'static str {
    match kind {
        LicenceKind::Practitioner => td_string!(locale, licences.kind_practitioner),
        LicenceKind::TeamLeader => td_string!(locale, licences.kind_team_leader),
        LicenceKind::Management => td_string!(locale, licences.kind_management),
    }
}

/// A licence's status in a word.
pub fn status_word(locale: Locale, status: LicenceStatus) -> &'static str {
    match status {
        LicenceStatus::Valid => td_string!(locale, licences.status_valid),
        LicenceStatus::NotYetValid => td_string!(locale, licences.status_not_yet_valid),
        LicenceStatus::Expired => td_string!(locale, licences.status_expired),
        LicenceStatus::Suspended => td_string!(locale, licences.status_suspended),
        LicenceStatus::Revoked => td_string!(locale, licences.status_revoked),
        LicenceStatus::Superseded => td_string!(locale, licences.status_superseded),
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
pub fn request_word(locale: Locale, state: RequestState) -> &'static str {
    match state {
        RequestState::Draft => td_string!(locale, licences.request_draft),
        RequestState::Submitted => td_string!(locale, licences.request_submitted),
        RequestState::InReview => td_string!(locale, licences.request_in_review),
        RequestState::Approved => td_string!(locale, licences.request_approved),
        RequestState::Rejected => td_string!(locale, licences.request_rejected),
        RequestState::Returned => td_string!(locale, licences.request_returned),
        RequestState::Withdrawn => td_string!(locale, licences.request_withdrawn),
        RequestState::Appealed => td_string!(locale, licences.request_appealed),
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
pub fn prerequisite_name(locale: Locale, what: Prerequisite) -> &'static str {
    match what {
        Prerequisite::Profile => td_string!(locale, licences.needs_profile),
        Prerequisite::Guardian => td_string!(locale, licences.needs_guardian),
        Prerequisite::Programme => td_string!(locale, licences.needs_programme),
        Prerequisite::Identity => td_string!(locale, licences.needs_identity),
        Prerequisite::PractitionerLicence => td_string!(locale, licences.needs_practitioner_licence),
        Prerequisite::Organisation => td_string!(locale, licences.needs_organisation),
        Prerequisite::RenewalModule => td_string!(locale, renewal.needs_module),
    }
}

/// What shows that a prerequisite is met.
pub fn evidence_text(locale: Locale, requirement: &Requirement) -> String {
    match requirement.what {
        Prerequisite::Identity if requirement.evidence == "single_sign_on" => {
            td_string!(locale, licences.identity_by_single_sign_on).to_owned()
        }
        Prerequisite::Identity if requirement.evidence == "trainer" => {
            td_string!(locale, licences.identity_by_trainer).to_owned()
        }
        Prerequisite::PractitionerLicence => grouped(&requirement.evidence, 4),
        _ => requirement.evidence.clone(),
    }
}

/// Why a prerequisite is missing, and the path and text of what to do.
pub fn missing(locale: Locale, kind: LicenceKind, what: Prerequisite) -> (&'static str, String, &'static str) {
    match what {
        Prerequisite::Profile => (
            td_string!(locale, licences.missing_profile),
            "/account/profile".to_owned(),
            td_string!(locale, licences.do_profile),
        ),
        Prerequisite::Guardian => (
            td_string!(locale, licences.missing_guardian),
            "/account/guardian".to_owned(),
            td_string!(locale, licences.do_guardian),
        ),
        Prerequisite::Programme => (
            td_string!(locale, licences.missing_programme),
            format!("/training?kind={}", kind.slug()),
            td_string!(locale, licences.do_programme),
        ),
        Prerequisite::Identity => (
            td_string!(locale, licences.missing_identity),
            "/training?mode=in_person".to_owned(),
            td_string!(locale, licences.do_identity),
        ),
        Prerequisite::PractitionerLicence => (
            td_string!(locale, licences.missing_practitioner_licence),
            "/account/request/practitioner".to_owned(),
            td_string!(locale, licences.do_practitioner_licence),
        ),
        Prerequisite::Organisation => (
            td_string!(locale, licences.missing_organisation),
            "/licences/management".to_owned(),
            td_string!(locale, licences.do_organisation),
        ),
        Prerequisite::RenewalModule => {
            (td_string!(locale, renewal.missing_module), "/account".to_owned(), td_string!(locale, common.my_account))
        }
    }
}
