//! Codes in the words of the page's language.

use crate::i18n::{Locale, td_string};
use crate::licences::model::{LicenceKind, LicenceStatus, RequestState};
use crate::training::model::EnrolmentState;
use crate::ui::tag::Tone;

pub fn kind(locale: Locale, kind: LicenceKind) -> &'static str {
    match kind {
        LicenceKind::Practitioner => td_string!(locale, accounts.kind_practitioner),
        LicenceKind::TeamLeader => td_string!(locale, accounts.kind_team_leader),
        LicenceKind::Management => td_string!(locale, accounts.kind_management),
    }
}

pub fn licence(locale: Locale, status: LicenceStatus) -> (Tone, &'static str) {
    match status {
        LicenceStatus::Valid => (Tone::Success, td_string!(locale, accounts.licence_valid)),
        LicenceStatus::NotYetValid => (Tone::Info, td_string!(locale, accounts.licence_not_yet)),
        LicenceStatus::Expired => (Tone::Warning, td_string!(locale, accounts.licence_expired)),
        LicenceStatus::Suspended => (Tone::Warning, td_string!(locale, accounts.licence_suspended)),
        LicenceStatus::Revoked => (Tone::Error, td_string!(locale, accounts.licence_revoked)),
        LicenceStatus::Superseded => (Tone::Neutral, td_string!(locale, accounts.licence_superseded)),
    }
}

pub fn request(locale: Locale, state: RequestState) -> (Tone, &'static str) {
    match state {
        RequestState::Draft => (Tone::Neutral, td_string!(locale, accounts.request_draft)),
        RequestState::Submitted => (Tone::Info, td_string!(locale, accounts.request_submitted)),
        RequestState::InReview => (Tone::Info, td_string!(locale, accounts.request_in_review)),
        RequestState::Returned => (Tone::Warning, td_string!(locale, accounts.request_returned)),
        RequestState::Approved => (Tone::Success, td_string!(locale, accounts.request_approved)),
        RequestState::Rejected => (Tone::Error, td_string!(locale, accounts.request_rejected)),
        RequestState::Withdrawn => (Tone::Neutral, td_string!(locale, accounts.request_withdrawn)),
        RequestState::Appealed => (Tone::Info, td_string!(locale, accounts.request_appealed)),
    }
}

pub fn enrolment(locale: Locale, state: EnrolmentState) -> (Tone, &'static str) {
    match state {
        EnrolmentState::Enrolled => (Tone::Info, td_string!(locale, accounts.enrolment_enrolled)),
        EnrolmentState::Waitlisted => (Tone::Neutral, td_string!(locale, accounts.enrolment_waitlisted)),
        EnrolmentState::Offered => (Tone::Warning, td_string!(locale, accounts.enrolment_offered)),
        EnrolmentState::Lapsed => (Tone::Neutral, td_string!(locale, accounts.enrolment_lapsed)),
        EnrolmentState::Cancelled => (Tone::Neutral, td_string!(locale, accounts.enrolment_cancelled)),
        EnrolmentState::Attended => (Tone::Success, td_string!(locale, accounts.enrolment_attended)),
        EnrolmentState::Absent => (Tone::Error, td_string!(locale, accounts.enrolment_absent)),
        EnrolmentState::Passed => (Tone::Success, td_string!(locale, accounts.enrolment_passed)),
        EnrolmentState::Failed => (Tone::Error, td_string!(locale, accounts.enrolment_failed)),
    }
}
