//! What people are told, and how it travels. A message, its deliveries and the jobs that send them are written in the
//! transaction of the change they tell of.

mod dead;
mod inbox;
mod language;
mod outbox;
pub mod reminders;
mod sending;

pub use super::model::Channel;
pub use dead::{Dead, dead, retry, retry_all};
pub use inbox::{Message, Received, inbox, message, open, unopened};
pub use language::keep_language;
pub use outbox::{Outgoing, Shown, enqueue, newest, notify, tell};
pub use sending::{Parcel, Turn, give, mark_failed, mark_sent, take_turn};

use crate::i18n::Locale;

fn locale_code(locale: Locale) -> &'static str {
    match locale {
        Locale::ar => "ar",
        Locale::en => "en",
    }
}

fn locale_of(code: &str) -> Locale {
    if code == "en" { Locale::en } else { Locale::ar }
}
