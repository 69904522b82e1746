//! What programs are told, as JSON.

use serde::{Deserialize, Serialize};
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::licences::model::{LicenceKind, LicenceStatus};
use crate::oversight::model::Reason;
use crate::verification::store::Shown;

/// Numbers that anybody may ask about at once.
pub const MOST_NUMBERS: usize = 10_000;
/// Numbers that a program with a key may.
pub const MOST_NUMBERS_WITH_KEY: usize = 50_000;

/// What a number is, at the time of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// What its licence is.
    Is(LicenceStatus),
    /// No licence has this number.
    NotFound,
    /// Not a licence number: not sixteen digits, or the check digit does not fit.
    Malformed,
}

impl Status {
    /// In the order in which they are described.
    pub const ALL: [Self; 8] = [
        Self::Is(LicenceStatus::Valid),
        Self::Is(LicenceStatus::NotYetValid),
        Self::Is(LicenceStatus::Expired),
        Self::Is(LicenceStatus::Suspended),
        Self::Is(LicenceStatus::Revoked),
        Self::Is(LicenceStatus::Superseded),
        Self::NotFound,
        Self::Malformed,
    ];

    /// As it is written in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Is(status) => status.code(),
            Self::NotFound => "not_found",
            Self::Malformed => "malformed",
        }
    }
}

impl Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        let found = Self::ALL.into_iter().find(|status| status.code() == code);
        found.ok_or_else(|| serde::de::Error::custom("no status"))
    }
}

impl PartialSchema for Status {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("What a number is, at the time of asking."))
            .enum_values(Some(Self::ALL.map(Self::code)))
            .into()
    }
}

impl ToSchema for Status {}

/// The answer for one number.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Answer {
    /// The number: sixteen digits. As it was sent where it is malformed.
    #[schema(example = "4821093755162049")]
    pub number: String,
    pub status: Status,
    /// What is known of the licence; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
}

/// What strangers may know of a licence.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Licence {
    pub kind: LicenceKind,
    /// The day it was issued, in Riyadh.
    #[schema(format = Date, example = "2026-11-23")]
    pub issued: String,
    /// The first valid day, in Riyadh.
    #[schema(format = Date, example = "2026-12-01")]
    pub valid_from: String,
    /// The last valid day, in Riyadh: valid until the midnight after it.
    #[schema(format = Date, example = "2028-11-30")]
    pub valid_to: String,
    /// The holder's name as strangers see it. Absent where a correction replaced this licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "محمد ع. ق.")]
    pub holder: Option<String>,
    /// The organisation it was issued for, or the team its holder leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Names>,
    /// Why it is suspended or was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The licence that a correction put in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<Successor>,
}

/// A name in both languages.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Names {
    pub ar: String,
    pub en: String,
}

/// The licence that took another's place.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Successor {
    #[schema(example = "4821093755162049")]
    pub number: String,
    pub status: Status,
}

/// The answer for one number, and when it was true.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OneAnswer {
    #[schema(format = DateTime, example = "2026-11-23T09:15:00Z")]
    pub checked_at: String,
    #[serde(flatten)]
    pub answer: Answer,
}

/// Numbers to verify.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// In any digits, with spaces, dashes and direction marks or without. At most 10,000; with a key 50,000.
    #[schema(min_items = 1, max_items = 50_000, example = json!(["4821 0937 5516 2049"]))]
    pub numbers: Vec<String>,
}

/// The answer for each number, in the order of the question, and when all of them were true.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Answers {
    #[schema(format = DateTime, example = "2026-11-23T09:15:00Z")]
    pub checked_at: String,
    pub answers: Vec<Answer>,
}

impl OneAnswer {
    /// An answer for people to see what one looks like.
    pub fn example() -> Self {
        let licence = Licence {
            kind: LicenceKind::Practitioner,
            issued: "2026-11-23".to_owned(),
            valid_from: "2026-12-01".to_owned(),
            valid_to: "2028-11-30".to_owned(),
            holder: Some("محمد ع. ق.".to_owned()),
            body: None,
            reason: None,
            successor: None,
        };
        let answer = Answer {
            number: "4821093755162049".to_owned(),
            status: Status::Is(LicenceStatus::Valid),
            licence: Some(licence),
        };
        Self { checked_at: "2026-12-05T09:15:00Z".to_owned(), answer }
    }
}

impl Answer {
    /// The answer for a well-formed number.
    pub fn of(digits: &str, found: Option<&Shown>) -> Self {
        Self {
            number: digits.to_owned(),
            status: found.map_or(Status::NotFound, |licence| Status::Is(licence.status)),
            licence: found.map(Licence::of),
        }
    }

    /// The answer for what is no number.
    pub fn malformed(sent: String) -> Self {
        Self { number: sent, status: Status::Malformed, licence: None }
    }
}

impl Licence {
    fn of(shown: &Shown) -> Self {
        // What a correction replaced says whose it is in its successor alone.
        let stands = shown.stands();
        let names = |(ar, en): &(String, String)| Names { ar: ar.clone(), en: en.clone() };
        let successor = shown.successor.as_ref();
        Self {
            kind: shown.kind,
            issued: day(shown.issued),
            valid_from: day(shown.valid.from),
            valid_to: day(shown.valid.to),
            holder: stands.then(|| shown.masked_name.clone()),
            body: shown.body.as_ref().filter(|_| stands).map(names),
            reason: shown.reason,
            successor: successor
                .map(|(number, status)| Successor { number: number.digits().to_owned(), status: Status::Is(*status) }),
        }
    }
}

/// A day as ISO 8601 writes it.
pub fn day(day: Date) -> String {
    // A day of these centuries has four digits to its year.
    day.format(&Iso8601::DATE).unwrap_or_default()
}

/// An instant as RFC 3339 writes it, to the second.
pub fn instant(at: OffsetDateTime) -> String {
    at.replace_nanosecond(0).unwrap_or(at).format(&Rfc3339).unwrap_or_default()
}
