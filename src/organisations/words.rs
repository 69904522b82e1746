//! Keys, endpoints and deliveries in words.

use super::model::{DeliveryState, KeyStanding, Scope};
use crate::i18n::{Locale, td_string};
use crate::ui::tag::Tone;

/// What a key lets a program do.
pub fn scope_text(locale: Locale, scope: Scope) -> &'static str {
    match scope {
        Scope::Verify => td_string!(locale, organisations.scope_verify),
        Scope::Webhooks => td_string!(locale, organisations.scope_webhooks),
    }
}

/// Whether a key is good.
pub fn standing_word(locale: Locale, standing: KeyStanding) -> (Tone, &'static str) {
    match standing {
        KeyStanding::InForce => (Tone::Success, td_string!(locale, organisations.key_in_force)),
        KeyStanding::Replaced => (Tone::Warning, td_string!(locale, organisations.key_replaced)),
        KeyStanding::Expired => (Tone::Neutral, td_string!(locale, organisations.key_expired)),
        KeyStanding::Revoked => (Tone::Error, td_string!(locale, organisations.key_revoked)),
    }
}

/// What became of a delivery.
pub fn delivery_word(locale: Locale, state: DeliveryState) -> (Tone, &'static str) {
    match state {
        DeliveryState::Queued => (Tone::Info, td_string!(locale, organisations.delivery_queued)),
        DeliveryState::Failed => (Tone::Warning, td_string!(locale, organisations.delivery_failed)),
        DeliveryState::Sent => (Tone::Success, td_string!(locale, organisations.delivery_sent)),
        DeliveryState::Dead => (Tone::Error, td_string!(locale, organisations.delivery_dead)),
        DeliveryState::Dropped => (Tone::Neutral, td_string!(locale, organisations.delivery_dropped)),
    }
}

/// A type of event, as programs are told it; `None` for one that has no words yet.
pub fn event_text(locale: Locale, event: &str) -> Option<&'static str> {
    Some(match event {
        "licence.issued" => td_string!(locale, organisations.event_issued),
        "licence.renewed" => td_string!(locale, organisations.event_renewed),
        "licence.suspended" => td_string!(locale, organisations.event_suspended),
        "licence.restored" => td_string!(locale, organisations.event_restored),
        "licence.revoked" => td_string!(locale, organisations.event_revoked),
        "licence.superseded" => td_string!(locale, organisations.event_superseded),
        _ => return None,
    })
}
