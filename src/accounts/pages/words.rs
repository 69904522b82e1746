//! Codes in the words of the page's language.

use leptos_i18n::I18nContext;

use crate::i18n::{Locale, tu_string};
use crate::licences::model::{LicenceKind, LicenceStatus, RequestState};
use crate::training::model::EnrolmentState;
use crate::ui::tag::Tone;

pub fn kind(i18n: I18nContext<Locale>, kind: LicenceKind) -> &'static str {
    match kind {
        LicenceKind::Practitioner => tu_string!(i18n, accounts.kind_practitioner),
        LicenceKind::TeamLeader => tu_string!(i18n, accounts.kind_team_leader),
        LicenceKind::Management => tu_string!(i18n, accounts.kind_management),
    }
}

pub fn licence(i18n: I18nContext<Locale>, status: LicenceStatus) -> (Tone, &'static str) {
    match status {
        LicenceStatus::Valid => (Tone::Success, tu_string!(i18n, accounts.licence_valid)),
        LicenceStatus::NotYetValid => (Tone::Info, tu_string!(i18n, accounts.licence_not_yet)),
        LicenceStatus::Expired => (Tone::Warning, tu_string!(i18n, accounts.licence_expired)),
        LicenceStatus::Suspended => (Tone::Warning, tu_string!(i18n, accounts.licence_suspended)),
        LicenceStatus::Revoked => (Tone::Error, tu_string!(i18n, accounts.licence_revoked)),
        LicenceStatus::Superseded => (Tone::Neutral, tu_string!(i18n, accounts.licence_superseded)),
    }
}

pub fn request(i18n: I18nContext<Locale>, state: RequestState) -> (Tone, &'static str) {
    match state {
        RequestState::Draft => (Tone::Neutral, tu_string!(i18n, accounts.request_draft)),
        RequestState::Submitted => (Tone::Info, tu_string!(i18n, accounts.request_submitted)),
        RequestState::InReview => (Tone::Info, tu_string!(i18n, accounts.request_in_review)),
        RequestState::Returned => (Tone::Warning, tu_string!(i18n, accounts.request_returned)),
        RequestState::Approved => (Tone::Success, tu_string!(i18n, accounts.request_approved)),
        RequestState::Rejected => (Tone::Error, tu_string!(i18n, accounts.request_rejected)),
        RequestState::Withdrawn => (Tone::Neutral, tu_string!(i18n, accounts.request_withdrawn)),
        RequestState::Appealed => (Tone::Info, tu_string!(i18n, accounts.request_appealed)),
    }
}

pub fn enrolment(i18n: I18nContext<Locale>, state: EnrolmentState) -> (Tone, &'static str) {
    match state {
        EnrolmentState::Enrolled => (Tone::Info, tu_string!(i18n, accounts.enrolment_enrolled)),
        EnrolmentState::Waitlisted => (Tone::Neutral, tu_string!(i18n, accounts.enrolment_waitlisted)),
        EnrolmentState::Offered => (Tone::Warning, tu_string!(i18n, accounts.enrolment_offered)),
        EnrolmentState::Lapsed => (Tone::Neutral, tu_string!(i18n, accounts.enrolment_lapsed)),
        EnrolmentState::Cancelled => (Tone::Neutral, tu_string!(i18n, accounts.enrolment_cancelled)),
        EnrolmentState::Attended => (Tone::Success, tu_string!(i18n, accounts.enrolment_attended)),
        EnrolmentState::Absent => (Tone::Error, tu_string!(i18n, accounts.enrolment_absent)),
        EnrolmentState::Passed => (Tone::Success, tu_string!(i18n, accounts.enrolment_passed)),
        EnrolmentState::Failed => (Tone::Error, tu_string!(i18n, accounts.enrolment_failed)),
    }
}
