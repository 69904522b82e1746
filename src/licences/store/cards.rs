//! Licences as their holder sees them.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceState, LicenceStatus, Validity, masked_name};
use crate::server::database::internal;
use crate::signing::model::Place;

/// A licence as its card shows it.
pub struct Card {
    pub id: Uuid,
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    pub issued: Date,
    pub valid: Validity,
    pub name: String,
    pub masked_name: String,
    pub latin_name: String,
    /// Where it stands in the status lists.
    pub place: Place,
    /// The organisation it was issued for, in the language asked for.
    pub organisation: Option<String>,
}

/// A person's own licence, on whichever record of theirs it stands.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number and for somebody else's alike.
pub async fn card(
    connection: &mut PgConnection,
    person: Uuid,
    number: &LicenceNumber,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Card, AppError> {
    let row = sqlx::query!(
        r#"SELECT l.id, l.kind, l.state, l.issued_at, lower(l.valid) AS "from!", upper(l.valid) AS "until!",
             renewed(l) AS "renewed!",
             coalesce(p.given_name, '') AS "given_name!", p.father_name, p.grandfather_name, p.family_name,
             coalesce(p.latin_name, '') AS "latin_name!", l.status_list, l.status_index,
             CASE WHEN $3 THEN o.name_en ELSE o.name_ar END AS organisation
         FROM licences l JOIN persons p ON p.id = l.person_id LEFT JOIN organisations o ON o.id = l.organisation_id
         WHERE l.number = $1 AND l.person_id = ANY (ARRAY(SELECT records_of($2)))"#,
        number.digits(),
        person,
        locale == Locale::en
    )
    .fetch_one(connection)
    .await?;
    let valid = Validity::new(row.from, row.until);
    let further = [row.father_name, row.grandfather_name, row.family_name];
    let further = || further.iter().flatten().map(String::as_str);
    let place = u32::try_from(row.status_list).ok().zip(u32::try_from(row.status_index).ok());
    let place = place.and_then(|(list, index)| Place::new(list, index));
    Ok(Card {
        id: row.id,
        kind: kind(&row.kind)?,
        status: LicenceStatus::at(state(&row.state)?, valid, row.renewed, now),
        issued: riyadh_day(row.issued_at),
        valid,
        name: std::iter::once(row.given_name.as_str()).chain(further()).collect::<Vec<_>>().join(" "),
        masked_name: masked_name(&row.given_name, further()),
        place: place.ok_or_else(|| internal(&"a licence without a place in the status lists"))?,
        latin_name: row.latin_name,
        organisation: row.organisation,
    })
}

/// A licence in a list.
pub struct LicenceLine {
    pub number: String,
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    pub valid: Validity,
}

/// A person's licences on all their records, the one that ends last first.
///
/// # Errors
/// When the database is away.
pub async fn licences_of(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<LicenceLine>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT l.number, l.kind, l.state, lower(l.valid) AS "from!", upper(l.valid) AS "until!",
             renewed(l) AS "renewed!"
         FROM licences l WHERE l.person_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY upper(l.valid) DESC, l.number LIMIT 50"#,
        person
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let valid = Validity::new(row.from, row.until);
            Ok(LicenceLine {
                number: row.number,
                kind: kind(&row.kind)?,
                status: LicenceStatus::at(state(&row.state)?, valid, row.renewed, now),
                valid,
            })
        })
        .collect()
}

fn kind(code: &str) -> Result<LicenceKind, AppError> {
    LicenceKind::from_code(code).ok_or_else(|| internal(&"unknown licence kind"))
}

fn state(code: &str) -> Result<LicenceState, AppError> {
    LicenceState::from_code(code).ok_or_else(|| internal(&"unknown licence state"))
}
