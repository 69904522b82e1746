//! What the credential of a licence says.

use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};

use super::model::{Achievement, CONTEXT, Credential, Criteria, Identity, Profile, StatusEntry, Subject};
use crate::calendar::RIYADH;
use crate::error::AppError;
use crate::i18n::{Locale, td_string};
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::store::Card;
use crate::licences::words::kind_name;
use crate::server::database::internal;
use crate::signing::model::{Place, Purpose, path};

/// The credential of a licence in a register at `origin`. `organisation`: the names in Arabic and in English of the one it
/// was issued for.
///
/// # Errors
/// When a day is beyond what RFC 3339 writes, which the database forbids.
pub fn credential(
    origin: &str,
    number: &LicenceNumber,
    card: Card,
    organisation: Option<[String; 2]>,
) -> Result<Credential, AppError> {
    let id = format!("{origin}/v/{}", number.digits());
    let from = midnight(card.valid.from);
    let until = midnight(card.valid.to.next_day().unwrap_or(Date::MAX));
    let written = |at: OffsetDateTime| at.format(&Rfc3339).map_err(|error| internal(&error));
    let names = [card.name, card.latin_name].into_iter().filter(|name| !name.is_empty());
    Ok(Credential {
        context: CONTEXT,
        types: ["VerifiableCredential", "OpenBadgeCredential"],
        name: name(card.kind),
        issuer: Profile {
            id: origin.to_owned(),
            types: ["Profile"],
            name: side_by_side(|locale| td_string!(locale, common.site)),
            url: origin.to_owned(),
        },
        awarded_date: written(midnight(card.issued))?,
        valid_from: written(from)?,
        valid_until: written(until)?,
        credential_subject: Subject {
            types: ["AchievementSubject"],
            identifier: names.map(identity).collect(),
            license_number: number.digits().to_owned(),
            role: organisation.map(role),
            achievement: achievement(origin, card.kind),
        },
        credential_status: Purpose::ALL.map(|purpose| status(origin, purpose, card.place)),
        iss: origin.to_owned(),
        jti: id.clone(),
        nbf: from.unix_timestamp(),
        exp: until.unix_timestamp(),
        id,
    })
}

/// The instant at which a day begins in Riyadh.
fn midnight(day: Date) -> OffsetDateTime {
    day.midnight().assume_offset(RIYADH)
}

fn name(kind: LicenceKind) -> String {
    side_by_side(|locale| kind_name(locale, kind))
}

fn identity(name: String) -> Identity {
    Identity { kind: "IdentityObject", hashed: false, identity_hash: name, identity_type: "name" }
}

fn role([in_arabic, in_english]: [String; 2]) -> String {
    let in_arabic = td_string!(Locale::ar, credentials.role, organisation = in_arabic);
    format!("{in_arabic} / {}", td_string!(Locale::en, credentials.role, organisation = in_english))
}

fn achievement(origin: &str, kind: LicenceKind) -> Achievement {
    let page = format!("{origin}/licences/{}", kind.slug());
    Achievement {
        types: ["Achievement"],
        achievement_type: "License",
        name: name(kind),
        description: one_below_the_other(|locale| match kind {
            LicenceKind::Practitioner => td_string!(locale, pages.practitioner.lead),
            LicenceKind::TeamLeader => td_string!(locale, pages.team_leader.lead),
            LicenceKind::Management => td_string!(locale, pages.management.lead),
        }),
        criteria: Criteria {
            id: page.clone(),
            narrative: one_below_the_other(|locale| match kind {
                LicenceKind::Practitioner => td_string!(locale, credentials.criteria_practitioner),
                LicenceKind::TeamLeader => td_string!(locale, credentials.criteria_team_leader),
                LicenceKind::Management => td_string!(locale, credentials.criteria_management),
            }),
        },
        id: page,
    }
}

fn status(origin: &str, purpose: Purpose, place: Place) -> StatusEntry {
    let list = format!("{origin}{}", path(purpose, place.list));
    StatusEntry {
        id: format!("{list}#{}", place.index),
        kind: "BitstringStatusListEntry",
        status_purpose: purpose,
        status_list_index: place.index.to_string(),
        status_list_credential: list,
    }
}

/// A name in both languages, Arabic first.
fn side_by_side(name: impl Fn(Locale) -> &'static str) -> String {
    format!("{} / {}", name(Locale::ar), name(Locale::en))
}

/// A text in both languages, as paragraphs of Markdown, Arabic first.
fn one_below_the_other(text: impl Fn(Locale) -> &'static str) -> String {
    format!("{}\n\n{}", text(Locale::ar), text(Locale::en))
}
