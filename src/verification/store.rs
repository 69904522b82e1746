//! One licence by its number, as strangers may see it.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use crate::accounts::name_key::name_key;
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceNumber, LicenceState, LicenceStatus, Validity, masked_name};
use crate::oversight::model::Reason;
use crate::server::database::internal;

/// A licence as strangers may see it.
pub struct Shown {
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    pub issued: Date,
    pub valid: Validity,
    /// Of a suspension or a revocation, while it is what is shown.
    pub reason: Option<Reason>,
    /// The number and status of the licence that a correction put in its place, the last where it was corrected again.
    pub successor: Option<(LicenceNumber, LicenceStatus)>,
    pub masked_name: String,
    /// The organisation it was issued for, or the team its holder leads, in Arabic and English.
    pub body: Option<(String, String)>,
}

/// The licence of a number. `None` for one that was never issued and for one whose holder was erased: the same
/// statement finds both out.
///
/// # Errors
/// When the database is away.
pub async fn look_up(
    connection: &mut PgConnection,
    number: &LicenceNumber,
    now: OffsetDateTime,
) -> Result<Option<Shown>, AppError> {
    let row = sqlx::query!(
        r#"SELECT l.kind, l.state, l.issued_at, lower(l.valid) AS "from!", upper(l.valid) AS "until!",
             CASE WHEN upper(l.valid) <= $2 THEN renewed(l) ELSE false END AS "renewed!",
             p.given_name AS "given_name!", p.father_name, p.grandfather_name, p.family_name,
             coalesce(o.name_ar, t.name_ar) AS body_ar, coalesce(o.name_en, t.name_en) AS body_en,
             CASE WHEN l.state IN ('suspended', 'revoked') THEN (SELECT e.reason FROM licence_events e
                 WHERE e.licence_id = l.id ORDER BY e.id DESC LIMIT 1) END AS reason,
             n.number AS "new_number?", n.state AS "new_state?", n.renewed AS new_renewed
         FROM licences l JOIN persons p ON p.id = l.person_id
         LEFT JOIN organisations o ON o.id = l.organisation_id
         LEFT JOIN LATERAL (SELECT name_ar, name_en FROM teams
             WHERE l.kind = 'team_leader' AND leader_id = l.person_id AND approved_at IS NOT NULL
             ORDER BY approved_at LIMIT 1) t ON true
         LEFT JOIN LATERAL (SELECT s.number, s.state, renewed(s) AS renewed FROM licences s
             WHERE l.superseded_by IS NOT NULL AND s.request_id = l.request_id AND s.superseded_by IS NULL
             LIMIT 1) n ON true
         WHERE l.number = $1 AND p.given_name IS NOT NULL"#,
        number.digits(),
        riyadh_day(now)
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (Some(kind), Some(state)) = (LicenceKind::from_code(&row.kind), LicenceState::from_code(&row.state)) else {
        return Err(internal(&"unknown kind or state of a licence"));
    };
    let valid = Validity::new(row.from, row.until);
    let status = LicenceStatus::at(state, valid, row.renewed, now);
    // A correction has the days of what it corrects.
    let successor = row.new_number.zip(row.new_state).and_then(|(number, state)| {
        let state = LicenceState::from_code(&state)?;
        let renewed = row.new_renewed.unwrap_or_default();
        Some((LicenceNumber::parse(&number).ok()?, LicenceStatus::at(state, valid, renewed, now)))
    });
    let told = matches!(status, LicenceStatus::Suspended | LicenceStatus::Revoked);
    let further = [row.father_name, row.grandfather_name, row.family_name];
    Ok(Some(Shown {
        kind,
        status,
        issued: riyadh_day(row.issued_at),
        valid,
        reason: row.reason.as_deref().filter(|_| told).and_then(Reason::from_code),
        successor,
        masked_name: masked_name(&row.given_name, further.iter().flatten().map(String::as_str)),
        body: row.body_ar.zip(row.body_en),
    }))
}

/// Whether a full name, in Arabic or Latin script, is that of the holder of a number. False for unknown numbers too, and
/// for those that a correction replaced: the name is the new licence's.
///
/// # Errors
/// When the database is away.
pub async fn name_matches(
    connection: &mut PgConnection,
    number: &LicenceNumber,
    typed: &str,
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM licences l JOIN persons p ON p.id = l.person_id
             WHERE l.number = $1 AND p.given_name IS NOT NULL AND l.superseded_by IS NULL
               AND (p.name_key = $2 OR lower(p.latin_name) = lower($3))) AS "matches!""#,
        number.digits(),
        name_key(typed),
        crate::text::one_line(typed)
    )
    .fetch_one(connection)
    .await?)
}
