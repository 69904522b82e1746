//! The texts of messages, by template: what a text message and the inbox say, and the subject and frame of an e-mail.

use time::{Date, OffsetDateTime};

use crate::calendar::RIYADH;
use crate::i18n::{Locale, td_string};
use crate::licences::model::LicenceKind;
use crate::licences::words::kind_name;
use crate::ui::date::dual_date;

/// What people are told, with what it tells of.
pub enum Telling<'a> {
    GuardianConsented,
    /// The last digits of the ID number to sign in with from now on.
    RecordsMerged {
        ends_in: &'a str,
    },
    /// A request's number.
    RequestSubmitted {
        number: &'a str,
    },
    /// The numbers of the request and, in groups, of the licence.
    LicenceIssued {
        request: &'a str,
        number: &'a str,
        on_appeal: bool,
    },
    RequestReturned {
        number: &'a str,
    },
    RequestRejected {
        number: &'a str,
        appeal_until: Date,
    },
    AppealReceived {
        number: &'a str,
        answer_by: Option<Date>,
    },
    AppealRefused {
        number: &'a str,
    },
    /// Titles of programmes in Arabic and English; links are whole addresses.
    SeatOffered {
        title: (&'a str, &'a str),
        until: OffsetDateTime,
        link: &'a str,
    },
    OfferLapsed {
        title: (&'a str, &'a str),
        link: &'a str,
    },
    WaitingEnded {
        title: (&'a str, &'a str),
        link: &'a str,
    },
    UnmarkedAbsent {
        title: (&'a str, &'a str),
        link: &'a str,
    },
    /// A test taken on paper counts now.
    PaperConfirmed {
        title: (&'a str, &'a str),
        passed: bool,
        link: &'a str,
    },
    /// Nothing comes of a test taken on paper.
    PaperDeclined {
        title: (&'a str, &'a str),
        link: &'a str,
    },
    /// A licence is about to end, and can be renewed at the link.
    LicenceExpiring {
        kind: LicenceKind,
        number: &'a str,
        last_day: Date,
        days_left: i64,
        link: &'a str,
    },
    /// Passkeys or recovery codes were added, removed or started anew.
    SecondFactorChanged,
}

impl Telling<'_> {
    /// The template's code, as the database keeps it.
    pub fn template(&self) -> &'static str {
        match self {
            Self::GuardianConsented => "guardian_consented",
            Self::RecordsMerged { .. } => "records_merged",
            Self::RequestSubmitted { .. } => "request_submitted",
            Self::LicenceIssued { on_appeal: true, .. } => "appeal_granted",
            Self::LicenceIssued { .. } => "licence_issued",
            Self::RequestReturned { .. } => "request_returned",
            Self::RequestRejected { .. } => "request_rejected",
            Self::AppealReceived { .. } => "appeal_received",
            Self::AppealRefused { .. } => "appeal_refused",
            Self::SeatOffered { .. } => "seat_offered",
            Self::OfferLapsed { .. } => "offer_lapsed",
            Self::WaitingEnded { .. } => "waiting_ended",
            Self::UnmarkedAbsent { .. } => "unmarked_absent",
            Self::PaperConfirmed { passed: true, .. } => "paper_passed",
            Self::PaperConfirmed { .. } => "paper_failed",
            Self::PaperDeclined { .. } => "paper_declined",
            Self::LicenceExpiring { .. } => "licence_expiring",
            Self::SecondFactorChanged => "second_factor_changed",
        }
    }

    /// The text, as a text message carries it and the inbox shows it.
    pub fn text(&self, locale: Locale) -> String {
        let title = |title: &(&str, &str)| (if locale == Locale::en { title.1 } else { title.0 }).to_owned();
        match self {
            Self::GuardianConsented => td_string!(locale, messages.text_guardian_consented).to_owned(),
            Self::RecordsMerged { ends_in } => {
                td_string!(locale, messages.text_records_merged, number = *ends_in).to_string()
            }
            Self::SecondFactorChanged => td_string!(locale, messages.text_second_factor_changed).to_owned(),
            Self::RequestSubmitted { number } => {
                td_string!(locale, messages.text_request_submitted, number = *number).to_string()
            }
            Self::LicenceIssued { request, number, .. } => {
                td_string!(locale, messages.text_licence_issued, request = *request, number = *number).to_string()
            }
            Self::RequestReturned { number } => {
                td_string!(locale, messages.text_request_returned, number = *number).to_string()
            }
            Self::RequestRejected { number, appeal_until } => {
                let date = dual_date(locale, *appeal_until);
                td_string!(locale, messages.text_request_rejected, number = *number, date = date).to_string()
            }
            Self::AppealReceived { number, answer_by } => {
                let date = answer_by.map(|day| dual_date(locale, day)).unwrap_or_default();
                td_string!(locale, messages.text_appeal_received, number = *number, date = date).to_string()
            }
            Self::AppealRefused { number } => {
                td_string!(locale, messages.text_appeal_refused, number = *number).to_string()
            }
            Self::SeatOffered { title: both, until, link } => {
                let (title, deadline) = (title(both), deadline(*until));
                td_string!(locale, messages.text_seat_offered, title = title, deadline = deadline, link = *link)
                    .to_string()
            }
            Self::OfferLapsed { title: both, link } => {
                let title = title(both);
                td_string!(locale, messages.text_offer_lapsed, title = title, link = *link).to_string()
            }
            Self::WaitingEnded { title: both, link } => {
                let title = title(both);
                td_string!(locale, messages.text_waiting_ended, title = title, link = *link).to_string()
            }
            Self::UnmarkedAbsent { title: both, link } => {
                let title = title(both);
                td_string!(locale, messages.text_unmarked_absent, title = title, link = *link).to_string()
            }
            Self::PaperConfirmed { title: both, passed: true, link } => {
                let title = title(both);
                td_string!(locale, messages.text_paper_passed, title = title, link = *link).to_string()
            }
            Self::PaperConfirmed { title: both, link, .. } => {
                let title = title(both);
                td_string!(locale, messages.text_paper_failed, title = title, link = *link).to_string()
            }
            Self::PaperDeclined { title: both, link } => {
                let title = title(both);
                td_string!(locale, messages.text_paper_declined, title = title, link = *link).to_string()
            }
            Self::LicenceExpiring { kind, number, last_day, days_left, link } => {
                let (kind, date, days) = (kind_name(locale, *kind), dual_date(locale, *last_day), *days_left);
                if days == 0 {
                    let (number, link) = (*number, *link);
                    return td_string!(
                        locale,
                        messages.text_licence_ends_today,
                        kind = kind,
                        number = number,
                        date = date,
                        link = link
                    )
                    .to_string();
                }
                td_string!(
                    locale,
                    messages.text_licence_expiring,
                    count = days,
                    kind = kind,
                    number = *number,
                    date = date,
                    link = *link
                )
                .to_string()
            }
        }
    }
}

/// The end of an offer in a text message: Gregorian day and time in Riyadh.
fn deadline(until: OffsetDateTime) -> String {
    let until = until.to_offset(RIYADH);
    format!("{}/{}/{} {:02}:{:02}", until.day(), u8::from(until.month()), until.year(), until.hour(), until.minute())
}

/// What a message is about: the subject of its e-mail, and its title in the inbox.
pub fn subject(locale: Locale, template: &str) -> &'static str {
    match template {
        "guardian_consented" => td_string!(locale, messages.subject_guardian_consented),
        "records_merged" => td_string!(locale, messages.subject_records_merged),
        "request_submitted" => td_string!(locale, messages.subject_request_submitted),
        "licence_issued" => td_string!(locale, messages.subject_licence_issued),
        "request_returned" => td_string!(locale, messages.subject_request_returned),
        "request_rejected" => td_string!(locale, messages.subject_request_rejected),
        "appeal_received" => td_string!(locale, messages.subject_appeal_received),
        "appeal_granted" => td_string!(locale, messages.subject_appeal_granted),
        "appeal_refused" => td_string!(locale, messages.subject_appeal_refused),
        "seat_offered" => td_string!(locale, messages.subject_seat_offered),
        "offer_lapsed" => td_string!(locale, messages.subject_offer_lapsed),
        "waiting_ended" => td_string!(locale, messages.subject_waiting_ended),
        "unmarked_absent" => td_string!(locale, messages.subject_unmarked_absent),
        "paper_passed" => td_string!(locale, messages.subject_paper_passed),
        "paper_failed" => td_string!(locale, messages.subject_paper_failed),
        "paper_declined" => td_string!(locale, messages.subject_paper_declined),
        "licence_expiring" => td_string!(locale, messages.subject_licence_expiring),
        "second_factor_changed" => td_string!(locale, messages.subject_second_factor_changed),
        "licence_suspended" => td_string!(locale, messages.subject_licence_suspended),
        "licence_restored" => td_string!(locale, messages.subject_licence_restored),
        "licence_revoked" => td_string!(locale, messages.subject_licence_revoked),
        "licence_corrected" => td_string!(locale, messages.subject_licence_corrected),
        "session_changed" => td_string!(locale, messages.subject_session_changed),
        "session_cancelled" => td_string!(locale, messages.subject_session_cancelled),
        _ => td_string!(locale, messages.subject_any),
    }
}

/// The text of an e-mail: the message in full, and where all of them are.
pub fn mail(locale: Locale, text: &str, origin: &str) -> String {
    let inbox = format!("{origin}/account/messages");
    td_string!(locale, messages.mail, text = text, link = inbox.as_str()).to_string()
}

/// Whether a message goes by e-mail too: all do but receipts of what somebody has just done, or been told, themselves.
pub fn goes_by_mail(template: &str) -> bool {
    !matches!(template, "request_submitted" | "appeal_received" | "guardian_consented")
}

/// Stands between the two languages of a text that came in both; in no text itself.
const BETWEEN: char = '\u{1E}';

/// A text in both languages, of which its person will get theirs.
pub fn in_both(text: impl Fn(Locale) -> String) -> String {
    format!("{}{BETWEEN}{}", text(Locale::ar), text(Locale::en))
}

/// A text's part in a language, where it came in both; else the whole of it.
pub fn part(text: &str, locale: Locale) -> &str {
    match (text.split_once(BETWEEN), locale) {
        (Some((ar, _)), Locale::ar) => ar,
        (Some((_, en)), Locale::en) => en,
        (None, _) => text,
    }
}

/// A text to somebody of whom no language is known: both, one below the other.
pub fn whole(text: &str) -> String {
    text.replace(BETWEEN, "\n")
}
