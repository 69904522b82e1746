//! What a person meets of a kind's prerequisites, and who they are.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::calendar::riyadh_day;
use crate::calendar::{Calendar, parse_day};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, Prerequisite, Requirement};
use crate::server::database::internal;
use crate::server::keys::{Keys, Purpose};

/// The prerequisites of a kind with their evidence, as the database's own function finds them: issuing obeys the same.
///
/// # Errors
/// When the database is away.
pub async fn requirements(
    connection: &mut PgConnection,
    person: Uuid,
    kind: LicenceKind,
    organisation: Option<Uuid>,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Vec<Requirement>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT p.code AS "code!", p.met AS "met!", p.met_at,
             coalesce(CASE WHEN $5 THEN g.title_en ELSE g.title_ar END, l.number,
                 CASE WHEN $5 THEN o.name_en ELSE o.name_ar END, c.method, '') AS "evidence!"
         FROM prerequisites($1, $2, $3, $4) p
         LEFT JOIN enrolments e ON p.code = 'programme' AND e.id = p.met_by
         LEFT JOIN programmes g ON g.id = e.programme_id
         LEFT JOIN licences l ON p.code = 'practitioner_licence' AND l.id = p.met_by
         LEFT JOIN organisations o ON p.code = 'organisation' AND o.id = p.met_by
         LEFT JOIN identity_confirmations c ON p.code = 'identity' AND c.person_id = p.met_by"#,
        person,
        kind.code(),
        organisation,
        now,
        locale == Locale::en
    )
    .fetch_all(connection)
    .await?;
    let mut requirements = rows
        .into_iter()
        .map(|row| {
            let what = Prerequisite::from_code(&row.code).ok_or_else(|| internal(&"unknown prerequisite"))?;
            Ok(Requirement { what, met: row.met, met_on: row.met_at.map(riyadh_day), evidence: row.evidence })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    requirements.sort_by_key(|one| Prerequisite::ALL.iter().position(|what| *what == one.what));
    Ok(requirements)
}

/// The number of a licence of this kind (for management: and organisation) that has not ended, on whichever record of its
/// holder it stands; suspended ones count.
///
/// # Errors
/// When the database is away.
pub async fn running_licence(
    connection: &mut PgConnection,
    person: Uuid,
    kind: LicenceKind,
    organisation: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT number FROM licences
         WHERE person_id = ANY (ARRAY(SELECT records_of($1))) AND kind = $2 AND organisation_id IS NOT DISTINCT FROM $3
           AND state IN ('active', 'suspended') AND upper(valid) > $4
         ORDER BY upper(valid) DESC LIMIT 1",
        person,
        kind.code(),
        organisation,
        riyadh_day(now)
    )
    .fetch_optional(connection)
    .await?)
}

/// Somebody as their request shows them: to themselves, and to the reviewer who holds it.
pub struct Applicant {
    pub name: String,
    pub latin_name: String,
    pub birth_date: Date,
    /// City and region, in the language asked for.
    pub place: String,
}

/// Who asks. `None` while the profile is incomplete.
///
/// # Errors
/// When the database is away, or the birth date does not open.
pub async fn applicant(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    locale: Locale,
) -> Result<Option<Applicant>, AppError> {
    let row = sqlx::query!(
        r#"SELECT concat_ws(' ', p.given_name, p.father_name, p.grandfather_name, p.family_name) AS "name!",
             p.latin_name AS "latin_name!", p.birth_date_sealed AS "birth_date_sealed!",
             CASE WHEN $2 THEN c.name_en || ', ' || r.name_en ELSE c.name_ar || '، ' || r.name_ar END AS "place!"
         FROM persons p JOIN cities c ON c.region = p.region AND c.code = p.city JOIN regions r ON r.code = p.region
         WHERE p.id = $1 AND p.profile_completed_at IS NOT NULL"#,
        person,
        locale == Locale::en
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let birth_date = birth_date(keys, &row.birth_date_sealed)?;
        Ok(Applicant { name: row.name, latin_name: row.latin_name, birth_date, place: row.place })
    })
    .transpose()
}

/// A birth date is sealed as `YYYY-MM-DD`.
fn birth_date(keys: &Keys, sealed: &[u8]) -> Result<Date, AppError> {
    let plain = keys.open(Purpose::BirthDate, sealed).map_err(|error| internal(&error))?;
    let mut parts = plain.splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    parse_day(Calendar::Gregorian, day.unwrap_or_default(), month.unwrap_or_default(), year.unwrap_or_default())
        .map_err(|_| internal(&"a sealed birth date is malformed"))
}

/// The approved organisations a person manages, as (id, name).
///
/// # Errors
/// When the database is away.
pub async fn managed_organisations(
    connection: &mut PgConnection,
    person: Uuid,
    locale: Locale,
) -> Result<Vec<(Uuid, String)>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT o.id, CASE WHEN $2 THEN o.name_en ELSE o.name_ar END AS "name!"
         FROM organisations o JOIN organisation_roles r ON r.organisation_id = o.id
         WHERE r.person_id = $1 AND r.role = 'manager' AND r.until IS NULL AND o.approved_at IS NOT NULL
         ORDER BY o.name_ar"#,
        person,
        locale == Locale::en
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
