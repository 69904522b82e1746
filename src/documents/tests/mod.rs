//! Papers as people get them: read by poppler, scanned by zbar and rqrr, seen beside what they looked like before.

mod files;
mod looks;
mod picture;
mod reading;
mod scanning;

use std::path::{Path, PathBuf};
use std::process::Command;

use time::macros::date;
use uuid::Uuid;

use super::contents::{self, CertificatePaper, LicencePaper};
use super::store::Passed;
use super::typesetting::{Template, print};
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceStatus, Validity};
use crate::licences::store::Card;
use crate::signing::model::Place;

const ORIGIN: &str = "https://rukhsa.example";

/// A licence for an organisation, with everything a paper can show.
fn card(locale: Locale) -> Card {
    Card {
        id: Uuid::nil(),
        kind: LicenceKind::Management,
        status: LicenceStatus::Valid,
        issued: date!(2026 - 11 - 23),
        valid: Validity::new(date!(2026 - 12 - 01), date!(2028 - 12 - 01)),
        name: "محمد عبد الله سعد القحطاني".to_owned(),
        masked_name: "محمد ع. القحطاني".to_owned(),
        latin_name: "Mohammed Abdullah Saad Alqahtani".to_owned(),
        place: Place::new(1, 0).unwrap(),
        organisation: Some(match locale {
            Locale::ar => "جمعية العطاء الخيرية".to_owned(),
            Locale::en => "Al-Ataa Charity".to_owned(),
        }),
    }
}

/// The longest that the database lets stand on a licence.
fn longest(locale: Locale) -> Card {
    Card {
        name: ["عبد الرحمن المستنصر بالله المتوكل على الله أبو عبد الله محمد"; 4].join(" "),
        latin_name: "Abdulrahman Almustansir Billah Almutawakkil Ala Allah Abu Abdullah Mohammed Ibn Abdulaziz \
                     Alhashimi Alqurashi Şahin Öztürk-Łukaszewski of the House of Ibrahim Aldosari"
            .to_owned(),
        organisation: Some(
            "الجمعية الأهلية للعمل التطوعي والتنمية المجتمعية والإغاثة الصحية بمنطقة الحدود الشمالية".to_owned(),
        ),
        ..card(locale)
    }
}

fn number() -> LicenceNumber {
    LicenceNumber::from_digits15("482109375516204").unwrap()
}

fn address() -> String {
    format!("{ORIGIN}/v/{}", number().digits())
}

/// An address with proof behind it, of 350 bytes.
fn long_address() -> String {
    let start = format!("{}#", address());
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let proof = alphabet.chars().cycle().step_by(7).take(350 - start.len());
    start.chars().chain(proof).collect()
}

fn licence(locale: Locale, card: Card, address: String) -> LicencePaper {
    contents::licence(locale, &number(), card, address, ORIGIN).unwrap()
}

fn certificate(locale: Locale) -> CertificatePaper {
    let title = match locale {
        Locale::ar => "أساسيات العمل التطوعي",
        Locale::en => "Foundations of volunteer work",
    };
    let Card { name, latin_name, .. } = card(locale);
    let passed = Passed { title: title.to_owned(), hours: 6, name, latin_name, on: date!(2026 - 11 - 23) };
    contents::certificate(locale, passed)
}

/// A certificate to print where it does not matter what.
pub fn a_certificate() -> CertificatePaper {
    certificate(Locale::ar)
}

/// A document in a file of its own, for other programs to read.
struct Printed {
    path: PathBuf,
}

impl Printed {
    fn new(template: Template, paper: &impl serde::Serialize) -> Self {
        Self::of(&print(template, paper, "a paper").unwrap())
    }

    fn of(bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("rukhsa-paper-{}.pdf", Uuid::new_v4()));
        std::fs::write(&path, bytes).unwrap();
        Self { path }
    }

    /// What a program of poppler prints about it.
    fn told(&self, program: &str, options: &[&str]) -> Vec<u8> {
        output(program, options, &self.path, &["-"])
    }
}

impl Drop for Printed {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

fn output(program: &str, before: &[&str], path: &Path, after: &[&str]) -> Vec<u8> {
    let ran = Command::new(program).args(before).arg(path).args(after).output();
    let ran = ran.unwrap_or_else(|error| panic!("{program}, which scripts/setup --tests installs: {error}"));
    assert!(ran.status.success(), "{program}: {}", String::from_utf8_lossy(&ran.stderr));
    ran.stdout
}
