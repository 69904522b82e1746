//! Words that several pages of training share.

use leptos::prelude::*;
use leptos_i18n::I18nContext;
use time::OffsetDateTime;

use crate::i18n::{Locale, tu_string, use_i18n};
use crate::licences::model::LicenceKind;
use crate::training::model::BirthYears;
use crate::ui::date::dual_date_time;
use crate::ui::icon::{Glyph, Icon};

/// The short name of a licence kind.
pub fn kind_name(i18n: I18nContext<Locale>, kind: LicenceKind) -> &'static str {
    match kind {
        LicenceKind::Practitioner => tu_string!(i18n, training.kind_practitioner),
        LicenceKind::TeamLeader => tu_string!(i18n, training.kind_team_leader),
        LicenceKind::Management => tu_string!(i18n, training.kind_management),
    }
}

/// Seats left, or how many wait.
pub fn seats_text(i18n: I18nContext<Locale>, left: u32, waiting: u32) -> String {
    if left > 0 {
        tu_string!(i18n, training.seats_left, count = left)
    } else {
        tu_string!(i18n, training.waiting, count = waiting)
    }
}

/// The years of a birth, for comparing with a document.
pub fn birth_text(i18n: I18nContext<Locale>, born: Option<BirthYears>) -> Option<String> {
    born.map(|BirthYears { hijri, gregorian }| tu_string!(i18n, training.born, hijri = hijri, gregorian = gregorian))
}

/// A fact of a session with its icon: where, when.
#[component]
pub fn Fact(glyph: Glyph, #[prop(into)] text: String) -> impl IntoView {
    view! { <p class="card__meta cluster"><Icon glyph=glyph/><span>{text}</span></p> }
}

/// Where a session is held.
#[component]
pub fn PlaceFact(place: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let text = place.unwrap_or_else(|| tu_string!(i18n, training.online).to_owned());
    view! { <Fact glyph=Glyph::Place text=text/> }
}

/// When a session starts, in both calendars.
#[component]
pub fn StartFact(starts_at: OffsetDateTime) -> impl IntoView {
    let i18n = use_i18n();
    view! { <Fact glyph=Glyph::Calendar text=dual_date_time(i18n, starts_at)/> }
}
