//! Dates in both calendars: «13 جمادى الآخرة 1448 هـ الموافق 23/11/2026 م».

use leptos::prelude::*;
use time::{Date, OffsetDateTime};

use crate::calendar::{HijriDay, RIYADH, riyadh_day};
use crate::i18n::{Locale, td_string, use_locale};

/// Name of a Hijri month, 1 to 12.
pub fn hijri_month(locale: Locale, month: u8) -> &'static str {
    match month {
        1 => td_string!(locale, common.hijri_month_1),
        2 => td_string!(locale, common.hijri_month_2),
        3 => td_string!(locale, common.hijri_month_3),
        4 => td_string!(locale, common.hijri_month_4),
        5 => td_string!(locale, common.hijri_month_5),
        6 => td_string!(locale, common.hijri_month_6),
        7 => td_string!(locale, common.hijri_month_7),
        8 => td_string!(locale, common.hijri_month_8),
        9 => td_string!(locale, common.hijri_month_9),
        10 => td_string!(locale, common.hijri_month_10),
        11 => td_string!(locale, common.hijri_month_11),
        _ => td_string!(locale, common.hijri_month_12),
    }
}

/// A day in both calendars, as one sentence part.
pub fn dual_date(locale: Locale, date: Date) -> String {
    let HijriDay { year, month, day } = HijriDay::of(date);
    let month = hijri_month(locale, month);
    let gregorian = format!("{}/{}/{}", date.day(), u8::from(date.month()), date.year());
    td_string!(locale, common.dual_date, day = day, month = month, year = year, gregorian = gregorian)
}

/// The time of day in Riyadh, as `HH:MM`.
pub fn riyadh_time(at: OffsetDateTime) -> String {
    let at = at.to_offset(RIYADH);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// A day and a time of day in Riyadh, as one sentence part.
pub fn dual_date_time(locale: Locale, at: OffsetDateTime) -> String {
    let date = dual_date(locale, riyadh_day(at));
    let time = riyadh_time(at);
    td_string!(locale, common.date_at_time, date = date, time = time)
}

/// A day in both calendars, in a `<time>`.
#[component]
pub fn DualDate(date: Date) -> impl IntoView {
    let locale = use_locale();
    view! { <time class="dual-date" datetime=date.to_string()>{dual_date(locale, date)}</time> }
}
