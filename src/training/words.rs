//! The states of an enrolment in words, for every page that shows them.

use super::model::EnrolmentState;
use crate::i18n::{Locale, td_string};
use crate::ui::tag::Tone;

/// An enrolment's state, and how it is meant.
pub fn state_name(locale: Locale, state: EnrolmentState) -> (Tone, &'static str) {
    match state {
        EnrolmentState::Waitlisted => (Tone::Neutral, td_string!(locale, training.state_waitlisted)),
        EnrolmentState::Offered => (Tone::Warning, td_string!(locale, training.state_offered)),
        EnrolmentState::Enrolled => (Tone::Info, td_string!(locale, training.state_enrolled)),
        EnrolmentState::Lapsed => (Tone::Neutral, td_string!(locale, training.state_lapsed)),
        EnrolmentState::Cancelled => (Tone::Neutral, td_string!(locale, training.state_cancelled)),
        EnrolmentState::Attended => (Tone::Success, td_string!(locale, training.state_attended)),
        EnrolmentState::Absent => (Tone::Error, td_string!(locale, training.state_absent)),
        EnrolmentState::Passed => (Tone::Success, td_string!(locale, training.state_passed)),
        EnrolmentState::Failed => (Tone::Error, td_string!(locale, training.state_failed)),
    }
}
