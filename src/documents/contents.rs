//! What each paper says, in the words and the order of its page.

use serde::Serialize;
use time::Date;

use super::store::Passed;
use crate::app::locale::direction;
use crate::error::AppError;
use crate::i18n::{Locale, td_string};
use crate::licences::model::LicenceNumber;
use crate::licences::qr;
use crate::licences::store::Card;
use crate::licences::words::kind_name;
use crate::signing::model::issuer_of;
use crate::ui::date::dual_date;

/// What every paper says.
#[derive(Serialize)]
struct Common {
    language: &'static str,
    /// Year, month and day of what it shows, as the date of the document.
    date: (i32, u8, u8),
    /// Its name, and whose document it is.
    scheme: &'static str,
    title: &'static str,
    name: String,
    latin_name: String,
    /// What else there is to know, each with its name.
    lines: Vec<(&'static str, String)>,
    note: &'static str,
}

/// What a licence says, on a sheet and on a card.
#[derive(Serialize)]
pub struct LicencePaper {
    #[serde(flatten)]
    common: Common,
    number_label: &'static str,
    /// In groups of four.
    number: String,
    /// The code, as SVG.
    qr: String,
    qr_label: &'static str,
    verify_title: &'static str,
    verify_hint: &'static str,
    /// The address in the code.
    verify: String,
    /// Where the number can be typed in, as people write addresses.
    verify_shown: String,
}

/// What the certificate of a passed programme says.
#[derive(Serialize)]
pub struct CertificatePaper {
    #[serde(flatten)]
    common: Common,
    lead: &'static str,
}

/// The paper of a licence that `address` verifies, in a portal at `origin`.
///
/// # Errors
/// When the address is too long for a QR code.
pub fn licence(
    locale: Locale,
    number: &LicenceNumber,
    card: Card,
    address: String,
    origin: &str,
) -> Result<LicencePaper, AppError> {
    let mut lines = Vec::new();
    lines.extend(card.organisation.map(|name| (td_string!(locale, licences.organisation), name)));
    lines.push((td_string!(locale, licences.issued), dual_date(locale, card.issued)));
    if card.valid.from != card.issued {
        lines.push((td_string!(locale, licences.valid_from), dual_date(locale, card.valid.from)));
    }
    lines.push((td_string!(locale, licences.expires), dual_date(locale, card.valid.to)));
    Ok(LicencePaper {
        common: Common {
            language: direction(locale).0,
            date: date(card.issued),
            scheme: td_string!(locale, common.site),
            title: kind_name(locale, card.kind),
            name: card.name,
            latin_name: card.latin_name,
            lines,
            note: td_string!(locale, documents.note),
        },
        number_label: td_string!(locale, licences.number),
        number: number.grouped(),
        qr: qr::svg(&address)?,
        qr_label: td_string!(locale, licences.qr_label),
        verify_title: td_string!(locale, documents.verify_title),
        verify_hint: td_string!(locale, documents.verify_hint),
        verify: address,
        verify_shown: format!("{}/verify", issuer_of(origin)),
    })
}

/// The certificate of a passed programme.
pub fn certificate(locale: Locale, passed: Passed) -> CertificatePaper {
    CertificatePaper {
        common: Common {
            language: direction(locale).0,
            date: date(passed.on),
            scheme: td_string!(locale, common.site),
            title: td_string!(locale, documents.certificate_title),
            name: passed.name,
            latin_name: passed.latin_name,
            lines: vec![
                (td_string!(locale, documents.programme), passed.title),
                (td_string!(locale, training.hours), td_string!(locale, training.hours_of, count = passed.hours)),
                (td_string!(locale, documents.passed_on), dual_date(locale, passed.on)),
            ],
            note: td_string!(locale, documents.certificate_note),
        },
        lead: td_string!(locale, documents.certificate_lead),
    }
}

fn date(day: Date) -> (i32, u8, u8) {
    (day.year(), day.month().into(), day.day())
}
