//! Keys, endpoints and deliveries in words.

use super::model::{DeliveryState, KeyStanding, NotTaken, Scope};
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

/// Why a delivery was not taken, and who mends it.
pub fn not_taken_text(locale: Locale, cause: NotTaken) -> String {
    let status = match cause {
        NotTaken::Answered(status) => status,
        NotTaken::TimedOut => return td_string!(locale, organisations.not_taken_in_time).to_owned(),
        NotTaken::Away => return td_string!(locale, organisations.not_taken_away).to_owned(),
        NotTaken::AddressRefused => return td_string!(locale, organisations.not_taken_address).to_owned(),
        NotTaken::NotComposed => return td_string!(locale, organisations.not_taken_here).to_owned(),
    };
    match status {
        300..=399 => td_string!(locale, organisations.not_taken_elsewhere, status = status),
        401 | 403 | 407 => td_string!(locale, organisations.not_taken_sign_in, status = status),
        404 | 405 | 410 => td_string!(locale, organisations.not_taken_nobody, status = status),
        429 => td_string!(locale, organisations.not_taken_too_often, status = status),
        500..=599 => td_string!(locale, organisations.not_taken_failed, status = status),
        _ => td_string!(locale, organisations.not_taken_refused, status = status),
    }
}

/// What comes next of a delivery that was not taken, if anything does.
pub fn next_text(locale: Locale, state: DeliveryState) -> Option<&'static str> {
    match state {
        DeliveryState::Failed => Some(td_string!(locale, organisations.next_failed)),
        DeliveryState::Dead => Some(td_string!(locale, organisations.next_dead)),
        DeliveryState::Queued | DeliveryState::Sent | DeliveryState::Dropped => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_was_not_taken_has_words_in_both_languages() {
        let others = [NotTaken::TimedOut, NotTaken::Away, NotTaken::AddressRefused, NotTaken::NotComposed];
        for locale in [Locale::ar, Locale::en] {
            for status in [100, 301, 307, 400, 401, 404, 413, 429, 500, 503, 999] {
                let text = not_taken_text(locale, NotTaken::Answered(status));
                assert!(text.contains(&format!("({status})")), "{text}");
            }
            for cause in others {
                assert!(!not_taken_text(locale, cause).contains(&cause.code()), "{cause:?}");
            }
        }
    }
}
