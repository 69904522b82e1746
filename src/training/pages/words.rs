//! Words that several pages of training share.

use leptos::prelude::*;
use time::OffsetDateTime;

use crate::i18n::{Locale, td_string, use_locale};
use crate::licences::model::LicenceKind;
use crate::training::model::{BirthYears, EnrolmentState};
use crate::ui::date::dual_date_time;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::tag::Tone;

/// The short name of a licence kind.
pub fn kind_name(locale: Locale, kind: LicenceKind) -> &'static str {
    match kind {
        LicenceKind::Practitioner => td_string!(locale, training.kind_practitioner),
        LicenceKind::TeamLeader => td_string!(locale, training.kind_team_leader),
        LicenceKind::Management => td_string!(locale, training.kind_management),
    }
}

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

/// Seats left, or how many wait.
pub fn seats_text(locale: Locale, left: u32, waiting: u32) -> String {
    if left > 0 {
        td_string!(locale, training.seats_left, count = left)
    } else {
        td_string!(locale, training.waiting, count = waiting)
    }
}

/// The years of a birth, for comparing with a document.
pub fn birth_text(locale: Locale, born: Option<BirthYears>) -> Option<String> {
    born.map(|BirthYears { hijri, gregorian }| td_string!(locale, training.born, hijri = hijri, gregorian = gregorian))
}

/// A fact of a session with its icon: where, when.
#[component]
pub fn Fact(glyph: Glyph, #[prop(into)] text: String) -> impl IntoView {
    view! { <p class="card__meta cluster"><Icon glyph=glyph/><span>{text}</span></p> }
}

/// Where a session is held.
#[component]
pub fn PlaceFact(place: Option<String>) -> impl IntoView {
    let locale = use_locale();
    let text = place.unwrap_or_else(|| td_string!(locale, training.online).to_owned());
    view! { <Fact glyph=Glyph::Place text=text/> }
}

/// When a session starts, in both calendars.
#[component]
pub fn StartFact(starts_at: OffsetDateTime) -> impl IntoView {
    let locale = use_locale();
    view! { <Fact glyph=Glyph::Calendar text=dual_date_time(locale, starts_at)/> }
}
