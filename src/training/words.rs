//! The states of an enrolment in words, for every page that shows them.

use leptos_i18n::I18nContext;

use super::model::EnrolmentState;
use crate::i18n::{Locale, tu_string};
use crate::ui::tag::Tone;

/// An enrolment's state, and how it is meant.
pub fn state_name(i18n: I18nContext<Locale>, state: EnrolmentState) -> (Tone, &'static str) {
    match state {
        EnrolmentState::Waitlisted => (Tone::Neutral, tu_string!(i18n, training.state_waitlisted)),
        EnrolmentState::Offered => (Tone::Warning, tu_string!(i18n, training.state_offered)),
        EnrolmentState::Enrolled => (Tone::Info, tu_string!(i18n, training.state_enrolled)),
        EnrolmentState::Lapsed => (Tone::Neutral, tu_string!(i18n, training.state_lapsed)),
        EnrolmentState::Cancelled => (Tone::Neutral, tu_string!(i18n, training.state_cancelled)),
        EnrolmentState::Attended => (Tone::Success, tu_string!(i18n, training.state_attended)),
        EnrolmentState::Absent => (Tone::Error, tu_string!(i18n, training.state_absent)),
        EnrolmentState::Passed => (Tone::Success, tu_string!(i18n, training.state_passed)),
        EnrolmentState::Failed => (Tone::Error, tu_string!(i18n, training.state_failed)),
    }
}
