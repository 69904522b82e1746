//! A licence as something to renew.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceState, LicenceStatus, Validity};
use crate::renewal::model::{Hint, Refusal};
use crate::server::database::internal;

/// A licence as something to renew.
pub struct Standing {
    pub id: Uuid,
    pub kind: LicenceKind,
    pub organisation: Option<Uuid>,
    pub organisation_name: Option<String>,
    pub status: LicenceStatus,
    pub valid: Validity,
    /// The first day on which the renewal is open.
    pub opens: Date,
    /// Why it cannot be renewed; `None` where it can.
    pub refusal: Option<Refusal>,
    /// The days of the new licence, by the rules in force.
    pub next: Validity,
    /// Number and first day of its renewal, once there is one.
    pub renewed_by: Option<(String, Date)>,
}

/// A person's own licence as something to renew, on whichever record of theirs it stands.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number and for somebody else's alike.
pub async fn standing(
    connection: &mut PgConnection,
    person: Uuid,
    number: &LicenceNumber,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Standing, AppError> {
    let row = sqlx::query!(
        r#"SELECT l.id, l.kind, l.state, l.organisation_id, lower(l.valid) AS "from!", upper(l.valid) AS "until!",
             renewed(l) AS "renewed!", renewal_opens(l, $3) AS "opens!", renewal_refusal(l, $3) AS refusal,
             lower(later.days) AS "next_from!", upper(later.days) AS "next_until!",
             n.number AS "new_number?", n.first AS "new_from?",
             CASE WHEN $4 THEN o.name_en ELSE o.name_ar END AS organisation_name
         FROM licences l
         CROSS JOIN LATERAL licence_days(upper(l.valid), setting('validity_months', l.kind, $3)) AS later(days)
         LEFT JOIN organisations o ON o.id = l.organisation_id
         LEFT JOIN LATERAL (
             SELECT number, lower(valid) AS first FROM licences
             WHERE person_id = ANY (ARRAY(SELECT records_of($2))) AND kind = l.kind
               AND organisation_id IS NOT DISTINCT FROM l.organisation_id
               AND state IN ('active', 'suspended') AND lower(valid) = upper(l.valid) LIMIT 1) n ON true
         WHERE l.number = $1 AND l.person_id = ANY (ARRAY(SELECT records_of($2)))"#,
        number.digits(),
        person,
        now,
        locale == Locale::en
    )
    .fetch_one(connection)
    .await?;
    let state = LicenceState::from_code(&row.state).ok_or_else(|| internal(&"unknown licence state"))?;
    let valid = Validity::new(row.from, row.until);
    Ok(Standing {
        id: row.id,
        kind: LicenceKind::from_code(&row.kind).ok_or_else(|| internal(&"unknown licence kind"))?,
        organisation: row.organisation_id,
        organisation_name: row.organisation_name,
        status: LicenceStatus::at(state, valid, row.renewed, now),
        valid,
        opens: row.opens,
        refusal: refusal(row.refusal.as_deref())?,
        next: Validity::new(row.next_from, row.next_until),
        renewed_by: row.new_number.zip(row.new_from),
    })
}

fn refusal(code: Option<&str>) -> Result<Option<Refusal>, AppError> {
    code.map(|code| Refusal::from_code(code).ok_or_else(|| internal(&"unknown refusal"))).transpose()
}

/// What the card of a person's own licence says of its renewal; nothing where there is nothing to say.
///
/// # Errors
/// When the database is away.
pub async fn hint(
    connection: &mut PgConnection,
    person: Uuid,
    number: &LicenceNumber,
    now: OffsetDateTime,
) -> Result<Option<Hint>, AppError> {
    let standing = match standing(connection, person, number, Locale::ar, now).await {
        Err(AppError::NotFound) => return Ok(None),
        standing => standing?,
    };
    Ok(match (standing.refusal, standing.renewed_by) {
        (None, _) => Some(Hint::Open),
        (Some(Refusal::Early), _) => Some(Hint::Opens(standing.opens)),
        (Some(Refusal::Renewed), Some((number, from))) => Some(Hint::Renewed { number, from }),
        _ => None,
    })
}

/// What has changed since: to read, and to be asked about.
pub struct Module {
    pub title_ar: String,
    pub title_en: String,
    pub reading_ar: String,
    pub reading_en: String,
    /// How long reading it takes.
    pub minutes: i16,
}

impl Module {
    /// The module in force for a kind, if there is one.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn in_force(
        connection: &mut PgConnection,
        kind: LicenceKind,
        now: OffsetDateTime,
    ) -> Result<Option<Self>, AppError> {
        Ok(sqlx::query_as!(
            Self,
            "SELECT title_ar, title_en, reading_ar, reading_en, minutes FROM renewal_modules
             WHERE kind = $1 AND retired_at IS NULL AND published_at <= $2 ORDER BY published_at DESC LIMIT 1",
            kind.code(),
            now
        )
        .fetch_optional(connection)
        .await?)
    }
}
