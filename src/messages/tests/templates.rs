//! The texts themselves.

use time::macros::{date, datetime};

use crate::i18n::Locale;
use crate::licences::model::LicenceKind;
use crate::messages::templates::{self, Telling, in_both, mail, part, subject, whole};

#[test]
fn every_template_has_a_subject_and_a_text_of_its_own_in_both_languages() {
    let title = ("أساسيات التطوع", "Volunteering basics");
    let link = "https://rukhsa.example/x";
    let day = date!(2027 - 01 - 24);
    let mut seen = std::collections::BTreeSet::new();
    for telling in [
        Telling::GuardianConsented,
        Telling::RequestSubmitted { number: "1234567890" },
        Telling::LicenceIssued { request: "1234567890", number: "4821 0937 5516 2049", on_appeal: false },
        Telling::LicenceIssued { request: "1234567890", number: "4821 0937 5516 2049", on_appeal: true },
        Telling::RequestReturned { number: "1234567890" },
        Telling::RequestRejected { number: "1234567890", appeal_until: day },
        Telling::AppealReceived { number: "1234567890", answer_by: Some(day) },
        Telling::AppealRefused { number: "1234567890" },
        Telling::SeatOffered { title, until: datetime!(2026-11-26 9:30 UTC), link },
        Telling::OfferLapsed { title, link },
        Telling::WaitingEnded { title, link },
        Telling::UnmarkedAbsent { title, link },
        Telling::PaperConfirmed { title, passed: true, link },
        Telling::PaperConfirmed { title, passed: false, link },
        Telling::PaperDeclined { title, link },
        Telling::LicenceExpiring {
            kind: LicenceKind::Practitioner,
            number: "4821 0937 5516 2049",
            last_day: day,
            days_left: 60,
            link,
        },
        Telling::SecondFactorChanged,
        Telling::RecordsMerged { ends_in: "08" },
    ] {
        let template = telling.template();
        for locale in [Locale::ar, Locale::en] {
            let arabic = |text: &str| text.chars().any(|c| ('\u{621}'..='\u{64A}').contains(&c));
            let subject = subject(locale, template);
            assert_ne!(subject, templates::subject(locale, "unknown"), "{template}");
            assert!(seen.insert((template, subject)), "{template}: {subject}");
            let text = telling.text(locale);
            assert_eq!(arabic(&text), locale == Locale::ar, "{text}");
            assert_eq!(arabic(subject), locale == Locale::ar, "{subject}");
            assert!(mail(locale, &text, "https://rukhsa.example").contains(&text));
        }
    }
    for told_in_words in [
        "licence_suspended",
        "licence_restored",
        "licence_revoked",
        "licence_corrected",
        "session_changed",
        "session_cancelled",
    ] {
        for locale in [Locale::ar, Locale::en] {
            let subject = subject(locale, told_in_words);
            assert_ne!(subject, templates::subject(locale, "unknown"), "{told_in_words}");
            assert!(seen.insert((told_in_words, subject)), "{told_in_words}: {subject}");
        }
    }
    let offer = Telling::SeatOffered { title, until: datetime!(2026-11-26 9:30 UTC), link }.text(Locale::en);
    assert!(offer.contains("Volunteering basics") && offer.contains("26/11/2026 12:30"), "{offer}");
}

#[test]
fn the_days_left_are_counted_in_the_forms_of_arabic() {
    let text = |days_left| {
        let last_day = date!(2027 - 01 - 24);
        let kind = LicenceKind::Practitioner;
        Telling::LicenceExpiring { kind, number: "1", last_day, days_left, link: "" }.text(Locale::ar)
    };
    for (days, words) in [(1, "غدًا"), (2, "بعد يومين"), (7, "بعد 7 أيام"), (30, "بعد 30 يومًا"), (0, "اليوم")]
    {
        assert!(text(days).contains(words), "{}", text(days));
    }
}

#[test]
fn a_text_in_both_languages_comes_apart_again() {
    let both = in_both(|locale| if locale == Locale::ar { "سطر\nثان".to_owned() } else { "line\ntwo".to_owned() });
    assert_eq!((part(&both, Locale::ar), part(&both, Locale::en)), ("سطر\nثان", "line\ntwo"));
    assert_eq!(whole(&both), "سطر\nثان\nline\ntwo");
    assert_eq!(part("one", Locale::en), "one");
}
