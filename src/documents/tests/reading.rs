//! What machines read of a paper: what kind of document it is, and its text.

use std::time::{Duration, Instant};

use super::{Printed, address, card, certificate, licence, long_address, longest};
use crate::documents::typesetting::{Template, print};
use crate::i18n::Locale;

/// Words and numbers of the text as poppler extracts it, in the order of the document. Where it puts the spaces between
/// Arabic and digits depends on the direction it thinks of, so they are not compared.
fn read(printed: &Printed) -> Vec<String> {
    words(&String::from_utf8(printed.told("pdftotext", &["-enc", "UTF-8"])).unwrap())
}

fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars() {
        let last = words.last_mut().unwrap();
        let goes_on = last.chars().next_back().is_none_or(|before| before.is_numeric() == c.is_numeric());
        match (c.is_alphanumeric(), goes_on) {
            (true, true) => last.push(c),
            (true, false) => words.push(c.to_string()),
            (false, _) => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

const SHEET_AR: &str = "رخصة العمل التطوعي. رخصة إدارة العمل التطوعي. محمد عبد الله سعد القحطاني.
    Mohammed Abdullah Saad Alqahtani. رقم الرخصة 4821 0937 5516 2049. الجهة جمعية العطاء الخيرية.
    تاريخ الإصدار 13 جمادى الآخرة 1448 هـ الموافق 23/11/2026 م. بداية السريان 21 جمادى الآخرة 1448 هـ الموافق 1/12/2026 م.
    تاريخ الانتهاء 13 رجب 1450 هـ الموافق 30/11/2028 م. هل الرخصة سارية اليوم؟
    امسح الرمز بكاميرا الجوال، أو أدخل رقم الرخصة في rukhsa.example/verify.
    في هذه الورقة بيانات الرخصة، أما حالتها اليوم فلا تظهر إلا بالتحقق منها.";

const SHEET_EN: &str = "Volunteer work licence. Volunteer management licence. محمد عبد الله سعد القحطاني.
    Mohammed Abdullah Saad Alqahtani. Licence number 4821 0937 5516 2049. Organisation Al-Ataa Charity.
    Issued 13 Jumada II 1448 AH (23/11/2026). Valid from 21 Jumada II 1448 AH (1/12/2026).
    Expires 13 Rajab 1450 AH (30/11/2028). Is the licence valid today?
    Scan the code with a phone's camera, or enter the licence number at rukhsa.example/verify.
    This paper shows the details of the licence. Only verifying it tells its status today.";

const CARD_AR: &str = "رخصة العمل التطوعي. رخصة إدارة العمل التطوعي. محمد عبد الله سعد القحطاني.
    Mohammed Abdullah Saad Alqahtani. 4821 0937 5516 2049. الجهة: جمعية العطاء الخيرية.
    تاريخ الإصدار: 13 جمادى الآخرة 1448 هـ الموافق 23/11/2026 م. بداية السريان: 21 جمادى الآخرة 1448 هـ الموافق 1/12/2026 م.
    تاريخ الانتهاء: 13 رجب 1450 هـ الموافق 30/11/2028 م. رخصة العمل التطوعي. هل الرخصة سارية اليوم؟
    امسح الرمز بكاميرا الجوال، أو أدخل رقم الرخصة في rukhsa.example/verify.";

const CERTIFICATE_AR: &str = "رخصة العمل التطوعي. شهادة اجتياز برنامج تدريبي.
    تمنح بوابة رخصة العمل التطوعي هذه الشهادة، لاجتياز برنامج تدريبي واختباره، إلى محمد عبد الله سعد القحطاني.
    Mohammed Abdullah Saad Alqahtani. البرنامج: أساسيات العمل التطوعي. مدة التدريب: 6 ساعات.
    تاريخ الاجتياز: 13 جمادى الآخرة 1448 هـ الموافق 23/11/2026 م. هذه شهادة تدريب، وليست رخصة للعمل التطوعي.";

#[test]
fn a_paper_says_its_text_in_order() {
    let sheet = |locale| Printed::new(Template::Licence, &licence(locale, card(locale), address()));
    let card = Printed::new(Template::Card, &licence(Locale::ar, card(Locale::ar), address()));
    let certificate = Printed::new(Template::Certificate, &certificate(Locale::ar));
    assert_eq!(read(&sheet(Locale::ar)), words(SHEET_AR));
    assert_eq!(read(&sheet(Locale::en)), words(SHEET_EN));
    assert_eq!(read(&card), words(CARD_AR));
    assert_eq!(read(&certificate), words(CERTIFICATE_AR));
}

#[test]
fn names_of_every_letter_come_out_as_they_went_in() {
    for name in [
        "لؤي الأحمد الإبراهيم الآلوسي",
        "علاء بلال سلامة اللامي",
        "ابتسام تركي ثامر جواد",
        "حسين خالد ذياب رائد",
        "زينب شروق صالح ضياء",
        "طارق ظافر عيسى غيث",
        "فيصل قصي كريم منى",
        "هدى وليد يحيى مؤمن",
        "پرویز گلپایگانی ژاله چنگیز",
    ] {
        for template in [Template::Licence, Template::Card] {
            let mut card = card(Locale::ar);
            card.name = name.to_owned();
            let read = read(&Printed::new(template, &licence(Locale::ar, card, address())));
            let found = read.windows(4).any(|four| four == words(name));
            assert!(found, "{name}: {read:?}");
        }
    }
}

#[test]
fn the_longest_names_fit_on_their_page() {
    for locale in [Locale::ar, Locale::en] {
        for (template, pages) in [(Template::Licence, 1), (Template::Card, 2)] {
            let longest = longest(locale);
            let said = [words(&longest.name), words(&longest.latin_name)].concat();
            let printed = Printed::new(template, &licence(locale, longest, long_address()));
            let about = String::from_utf8(super::output("pdfinfo", &[], &printed.path, &[])).unwrap();
            assert!(about.lines().any(|line| line.split_whitespace().eq(["Pages:", &pages.to_string()])), "{about}");
            let read = read(&printed);
            assert!(read.windows(said.len()).any(|some| some == said), "{read:?}");
        }
    }
}

#[test]
fn papers_are_archival_and_accessible_documents() {
    for locale in [Locale::ar, Locale::en] {
        for printed in [
            Printed::new(Template::Licence, &licence(locale, longest(locale), address())),
            Printed::new(Template::Card, &licence(locale, longest(locale), address())),
            Printed::new(Template::Certificate, &certificate(locale)),
        ] {
            let metadata = String::from_utf8(super::output("pdfinfo", &["-meta"], &printed.path, &[])).unwrap();
            for claim in [
                "<pdfaid:part>2</pdfaid:part>",
                "<pdfaid:conformance>A</pdfaid:conformance>",
                "<pdfuaid:part>1</pdfuaid:part>",
                &format!("<rdf:li>{locale}</rdf:li>"),
            ] {
                assert!(metadata.contains(claim), "{claim}: {metadata}");
            }
            let fonts = String::from_utf8(super::output("pdffonts", &[], &printed.path, &[])).unwrap();
            for font in fonts.lines().skip(2) {
                let columns: Vec<_> = font.split_whitespace().rev().collect();
                assert_eq!(columns[2..5], ["yes", "yes", "yes"], "embedded, in part, with its characters: {fonts}");
            }
        }
    }
}

#[test]
fn the_same_licence_gives_the_same_bytes() {
    let sheet = || print(Template::Licence, &licence(Locale::ar, card(Locale::ar), address()), "a licence").unwrap();
    let first = sheet();
    print(Template::Card, &licence(Locale::en, longest(Locale::en), address()), "another").unwrap();
    assert!(first == sheet(), "it changed");
}

#[test]
fn a_warm_sheet_takes_less_than_a_tenth_of_a_second() {
    let sheet = |serial: usize| {
        let mut card = card(Locale::ar);
        card.name = format!("{} {}", card.name, ["الأول", "الثاني", "الثالث"][serial % 3]);
        let begun = Instant::now();
        let paper = licence(Locale::ar, card, format!("{}#{serial}", address()));
        print(Template::Licence, &paper, "a licence").unwrap();
        begun.elapsed()
    };
    let mut taken: Vec<_> = (0..12).map(sheet).collect();
    taken.sort();
    println!("a sheet took {:?} at best, {:?} in the middle and {:?} at worst", taken[0], taken[6], taken[11]);
    // The best of them: the others say how busy the machine is.
    assert!(taken[0] < Duration::from_millis(100), "{taken:?}");
}

#[test]
fn a_letter_that_no_font_has_is_told_by_a_question_mark() {
    let mut card = card(Locale::ar);
    card.organisation = Some("جمعية 🌱 العطاء\u{200f} ڢ".to_owned());
    let printed = Printed::new(Template::Licence, &licence(Locale::ar, card, address()));
    let text = String::from_utf8(printed.told("pdftotext", &[])).unwrap();
    assert_eq!(text.matches('?').count(), 2, "{text}");
    let read = read(&printed);
    assert!(read.windows(2).any(|two| two == ["جمعية", "العطاء"]), "{read:?}");
}
