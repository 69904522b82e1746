//! How a message travels and what became of it, in words.

use super::model::{Channel, DeliveryStatus};
use crate::i18n::{Locale, td_string};
use crate::ui::date::dual_date_time;

/// What became of a delivery, as a sentence.
pub fn status_text(locale: Locale, channel: Channel, status: DeliveryStatus) -> String {
    match (channel, status) {
        (Channel::Sms, DeliveryStatus::Queued) => td_string!(locale, messages.sms_queued).to_owned(),
        (Channel::Sms, DeliveryStatus::Morning { at }) => {
            let at = dual_date_time(locale, at);
            td_string!(locale, messages.sms_morning, at = at).to_string()
        }
        (Channel::Sms, DeliveryStatus::Sent { at }) => {
            let at = dual_date_time(locale, at);
            td_string!(locale, messages.sms_sent, at = at).to_string()
        }
        (Channel::Sms, DeliveryStatus::Retrying) => td_string!(locale, messages.sms_retrying).to_owned(),
        (Channel::Sms, DeliveryStatus::Undelivered) => td_string!(locale, messages.sms_undelivered).to_owned(),
        (Channel::Sms, DeliveryStatus::Withheld) => td_string!(locale, messages.sms_withheld).to_owned(),
        (Channel::Email, DeliveryStatus::Queued) => td_string!(locale, messages.email_queued).to_owned(),
        (Channel::Email, DeliveryStatus::Morning { at }) => {
            let at = dual_date_time(locale, at);
            td_string!(locale, messages.email_morning, at = at).to_string()
        }
        (Channel::Email, DeliveryStatus::Sent { at }) => {
            let at = dual_date_time(locale, at);
            td_string!(locale, messages.email_sent, at = at).to_string()
        }
        (Channel::Email, DeliveryStatus::Retrying) => td_string!(locale, messages.email_retrying).to_owned(),
        (Channel::Email, DeliveryStatus::Undelivered) => td_string!(locale, messages.email_undelivered).to_owned(),
        (Channel::Email, DeliveryStatus::Withheld) => td_string!(locale, messages.email_withheld).to_owned(),
    }
}

/// Name of a channel.
pub fn channel_name(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => td_string!(locale, messages.channel_sms),
        Channel::Email => td_string!(locale, messages.channel_email),
    }
}
