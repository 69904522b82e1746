//! What people are told when a session they have to do with changes or is cancelled: in both languages, since none is
//! kept with a person.

use super::model::CancelReason;
use super::store::Held;
use super::words::reason_text;
use crate::i18n::{Locale, td_string};
use crate::review::effect::in_both;
use crate::ui::date::dual_date_time;

/// What is different now, old and new; `None` where nothing is that matters to who comes: more seats are nobody's news.
pub fn changed(before: &Held, after: &Held, link: &str) -> Option<String> {
    let is_news = before.place(Locale::ar) != after.place(Locale::ar)
        || before.place(Locale::en) != after.place(Locale::en)
        || (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at)
        || before.enrol_by != after.enrol_by
        || before.trainer != after.trainer;
    is_news.then(|| in_both(|locale| change_text(locale, before, after, link)))
}

fn change_text(locale: Locale, before: &Held, after: &Held, link: &str) -> String {
    let place = |held: &Held| held.place(locale).unwrap_or_else(|| td_string!(locale, training.online).to_owned());
    let mut lines = vec![td_string!(locale, programmes.told_changed, title = after.title(locale).to_owned())];
    if before.starts_at != after.starts_at {
        let (old, new) = (dual_date_time(locale, before.starts_at), dual_date_time(locale, after.starts_at));
        lines.push(td_string!(locale, programmes.told_start, old = old, new = new));
    }
    if before.ends_at != after.ends_at {
        let (old, new) = (dual_date_time(locale, before.ends_at), dual_date_time(locale, after.ends_at));
        lines.push(td_string!(locale, programmes.told_end, old = old, new = new));
    }
    if before.enrol_by != after.enrol_by {
        let (old, new) = (dual_date_time(locale, before.enrol_by), dual_date_time(locale, after.enrol_by));
        lines.push(td_string!(locale, programmes.told_enrol_by, old = old, new = new));
    }
    let (old, new) = (place(before), place(after));
    if old != new {
        lines.push(td_string!(locale, programmes.told_place, old = old, new = new));
    }
    if before.trainer != after.trainer {
        let (old, new) = (before.trainer_name(locale).to_owned(), after.trainer_name(locale).to_owned());
        lines.push(td_string!(locale, programmes.told_trainer, old = old, new = new));
    }
    lines.push(td_string!(locale, programmes.told_changed_next, link = link.to_owned()));
    lines.join("\n")
}

/// That a session will not take place, why, and what to do now.
pub fn cancelled(held: &Held, reason: CancelReason, text: &str, link: &str) -> String {
    in_both(|locale| {
        td_string!(
            locale,
            programmes.told_cancelled,
            title = held.title(locale).to_owned(),
            date = dual_date_time(locale, held.starts_at),
            reason = reason_text(locale, reason),
            text = text.to_owned(),
            link = link.to_owned()
        )
    })
}
