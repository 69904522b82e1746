//! Where the pages of one shape differ, and what makes a shape.

use time::{Date, Duration};

use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceStatus, Validity};
use crate::oversight::model::Reason;
use crate::server::keys::random_digits;
use crate::ui::date::{dual_date, dual_date_time};
use crate::verification::api::{Answer, Shown};

/// Pages of one shape differ in [`holes`] only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    pub path: &'static str,
    english: bool,
    licence: Option<ShapeOfLicence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct ShapeOfLicence {
    kind: LicenceKind,
    status: LicenceStatus,
    reason: Option<&'static str>,
    has_body: bool,
    /// Valid from its day of issue: that day is then shown once.
    from_issue: bool,
}

impl Shape {
    /// `None` where one of a kind: what a correction replaced leads to another licence.
    pub fn of(path: &'static str, locale: Locale, answer: &Answer) -> Option<Self> {
        let of_licence = |licence: &Shown| ShapeOfLicence {
            kind: licence.kind,
            status: licence.status,
            reason: licence.reason.map(Reason::code),
            has_body: licence.body.is_some(),
            from_issue: licence.valid.from == licence.issued,
        };
        let licence = answer.licence.as_ref();
        let corrected = licence.is_some_and(|licence| licence.successor.is_some());
        (!corrected).then(|| Self { path, english: locale == Locale::en, licence: licence.map(of_licence) })
    }
}

/// What stands in a page of an answer and in no other: in the same order for all of a shape, longer before what is part
/// of it. `None` for texts that HTML would write in another way.
pub fn holes(locale: Locale, number: &LicenceNumber, answer: &Answer, nonce: &str) -> Option<Vec<String>> {
    // As leptos hands a page's data to the browser.
    let data = serde_json::to_string(&Ok::<_, AppError>(answer)).ok()?;
    let mut holes = vec![format!("{:?}", data.replace('<', "\\u003c"))];
    holes.push(dual_date_time(locale, answer.checked_at));
    holes.push(number.grouped());
    holes.push(nonce.to_owned());
    if let Some(licence) = &answer.licence {
        holes.push(number.digits().to_owned());
        holes.push(isolated(licence.name.as_deref()?)?);
        if let Some(body) = &licence.body {
            holes.push(isolated(body)?);
        }
        holes.extend(day(locale, licence.issued));
        if licence.valid.from != licence.issued {
            holes.extend(day(locale, licence.valid.from));
        }
        holes.extend(day(locale, licence.valid.to));
    }
    Some(holes)
}

/// As far as the next tag, whatever leptos puts between a text and the end of its element.
fn isolated(text: &str) -> Option<String> {
    (!text.is_empty() && !text.contains(['&', '<', '>', '"', '\''])).then(|| format!("<bdi>{text}<"))
}

fn day(locale: Locale, date: Date) -> [String; 2] {
    [format!("\"{date}\""), format!(">{}<", dual_date(locale, date))]
}

/// A number and an answer of the same shape that differ in every hole. The number is nobody's: it is not looked up.
pub fn made_up(answer: &Answer) -> Option<(LicenceNumber, Answer)> {
    let number = LicenceNumber::from_digits15(&random_digits(15))?;
    let later = |date: Date| date.saturating_add(Duration::days(397));
    let mut other = answer.clone();
    other.checked_at += Duration::days(3) + Duration::minutes(61);
    if let Some(licence) = &mut other.licence {
        let Shown { issued, valid, name, body, .. } = licence;
        *issued = later(*issued);
        *valid = Validity { from: later(valid.from), to: later(valid.to) };
        for text in [name, body].into_iter().flatten() {
            text.push_str(" ط.");
        }
    }
    Some((number, other))
}
