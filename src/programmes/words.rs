//! Words that several pages of administering training share, and the messages about sessions.

use super::model::{CancelReason, Statistics, When};
use crate::i18n::{Locale, td_string};
use crate::licences::model::LicenceKind;
use crate::training::model::SessionMode;

/// The short name of a licence kind.
pub fn kind_name(locale: Locale, kind: LicenceKind) -> &'static str {
    match kind {
        LicenceKind::Practitioner => td_string!(locale, training.kind_practitioner),
        LicenceKind::TeamLeader => td_string!(locale, training.kind_team_leader),
        LicenceKind::Management => td_string!(locale, training.kind_management),
    }
}

/// How a session is held.
pub fn mode_name(locale: Locale, mode: SessionMode) -> &'static str {
    match mode {
        SessionMode::InPerson => td_string!(locale, training.in_person),
        SessionMode::Online => td_string!(locale, training.online),
    }
}

/// The sessions of which time.
pub fn when_name(locale: Locale, when: When) -> &'static str {
    match when {
        When::Upcoming => td_string!(locale, programmes.upcoming),
        When::Past => td_string!(locale, programmes.past),
        When::Cancelled => td_string!(locale, programmes.cancelled),
    }
}

/// Why a session is cancelled.
pub fn reason_text(locale: Locale, reason: CancelReason) -> &'static str {
    match reason {
        CancelReason::TrainerUnavailable => td_string!(locale, programmes.reason_trainer),
        CancelReason::VenueUnavailable => td_string!(locale, programmes.reason_venue),
        CancelReason::TooFew => td_string!(locale, programmes.reason_few_people),
        CancelReason::Weather => td_string!(locale, programmes.reason_weather),
        CancelReason::Other => td_string!(locale, programmes.reason_another),
    }
}

/// How a question did, in a line.
pub fn statistics_text(locale: Locale, statistics: &Statistics) -> String {
    let asked = td_string!(locale, programmes.asked, count = statistics.asked);
    let Some(right) = statistics.right_percent.map(|right| format!("{right:.0}")) else { return asked };
    let right = td_string!(locale, programmes.right_share, percent = right);
    let discrimination = match statistics.discrimination {
        _ if statistics.too_few => td_string!(locale, programmes.too_few_answers).to_owned(),
        Some(value) => td_string!(locale, programmes.discrimination_is, value = format!("{value:.2}")),
        None => td_string!(locale, programmes.discrimination_none).to_owned(),
    };
    format!("{asked} · {right} · {discrimination}")
}
