//! What is held of who somebody is.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::model::age::read_iso;
use crate::administration::model::{
    Day, HeldFactor, HeldGuardian, HeldProfile, HeldRecord, HeldRole, HeldSignIn, Instant,
};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::server::keys::{Keys, Purpose};

pub(super) async fn profile(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    locale: Locale,
) -> Result<HeldProfile, AppError> {
    let row = sqlx::query!(
        r#"SELECT p.created_at, p.national_id_sealed, p.given_name, p.father_name, p.grandfather_name, p.family_name,
             p.latin_name, p.birth_date_sealed, p.email, p.language, p.needs_guardian,
             CASE WHEN $2 THEN r.name_en ELSE r.name_ar END AS region,
             CASE WHEN $2 THEN t.name_en ELSE t.name_ar END AS city, p.profile_completed_at, p.identity_verified_at,
             c.method AS "method?",
             ARRAY(SELECT a.mobile_sealed FROM accounts a WHERE a.person_id = p.id ORDER BY a.created_at DESC, a.id)
                 AS "mobiles!"
         FROM persons p LEFT JOIN identity_confirmations c ON c.person_id = p.id
         LEFT JOIN regions r ON r.code = p.region LEFT JOIN cities t ON t.region = p.region AND t.code = p.city
         WHERE p.id = $1"#,
        person,
        locale == Locale::en
    )
    .fetch_one(connection)
    .await?;
    let birth = row.birth_date_sealed.and_then(|sealed| keys.open(Purpose::BirthDate, &sealed).ok());
    Ok(HeldProfile {
        person,
        registered_at: Instant(row.created_at),
        national_id: keys.open(Purpose::NationalId, &row.national_id_sealed).unwrap_or_default(),
        mobiles: row.mobiles.iter().filter_map(|sealed| keys.open(Purpose::Mobile, sealed).ok()).collect(),
        given_name: row.given_name,
        father_name: row.father_name,
        grandfather_name: row.grandfather_name,
        family_name: row.family_name,
        latin_name: row.latin_name,
        birth_date: birth.as_deref().and_then(read_iso).map(Day),
        email: row.email,
        language: row.language,
        region: row.region,
        city: row.city,
        profile_completed_at: row.profile_completed_at.map(Instant),
        needs_guardian: row.needs_guardian,
        identity_verified_at: row.identity_verified_at.map(Instant),
        identity_verified_by: row.method,
    })
}

/// The records that were merged into one, each as it was.
pub(super) async fn merged(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    locale: Locale,
) -> Result<Vec<HeldRecord>, AppError> {
    let rows = sqlx::query!(
        "SELECT person_id, reason, merged_at FROM merges WHERE into_id = $1 ORDER BY merged_at, person_id",
        person
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        records.push(HeldRecord {
            merged_at: Instant(row.merged_at),
            reason: row.reason,
            profile: profile(connection, keys, row.person_id, locale).await?,
        });
    }
    Ok(records)
}

pub(super) async fn factors(connection: &mut PgConnection, person: Uuid) -> Result<Vec<HeldFactor>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT 'passkey' AS "what!", added_at AS "made_at!", used_at
             FROM passkeys WHERE person_id = ANY (ARRAY(SELECT records_of($1)))
         UNION ALL
         SELECT 'recovery_code', made_at, used_at
             FROM recovery_codes WHERE person_id = ANY (ARRAY(SELECT records_of($1)))
         UNION ALL
         SELECT 'reset', reset_at, NULL
             FROM second_factor_resets WHERE person_id = ANY (ARRAY(SELECT records_of($1)))
         ORDER BY 2 DESC, 1, 3"#,
        person
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HeldFactor { what: row.what, made_at: Instant(row.made_at), used_at: row.used_at.map(Instant) })
        .collect())
}

pub(super) async fn sign_ins(connection: &mut PgConnection, person: Uuid) -> Result<Vec<HeldSignIn>, AppError> {
    let rows = sqlx::query!(
        "SELECT s.created_at, s.last_seen_at, s.revoked_at
         FROM sign_in_sessions s JOIN accounts a ON a.id = s.account_id
         WHERE a.person_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY s.created_at DESC, s.id",
        person
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HeldSignIn {
            started_at: Instant(row.created_at),
            last_seen_at: Instant(row.last_seen_at),
            ended_at: row.revoked_at.map(Instant),
        })
        .collect())
}

struct ConsentRow {
    guardian_name: String,
    given_at: OffsetDateTime,
    withdrawn_at: Option<OffsetDateTime>,
}

impl From<ConsentRow> for HeldGuardian {
    fn from(row: ConsentRow) -> Self {
        Self {
            name: row.guardian_name,
            consented_at: Instant(row.given_at),
            withdrawn_at: row.withdrawn_at.map(Instant),
        }
    }
}

pub(super) async fn guardians(connection: &mut PgConnection, person: Uuid) -> Result<Vec<HeldGuardian>, AppError> {
    let rows = sqlx::query_as!(
        ConsentRow,
        "SELECT guardian_name, given_at, withdrawn_at FROM guardian_consents
         WHERE minor_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY given_at DESC, id",
        person
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(HeldGuardian::from).collect())
}

/// Consents are given with an ID number: they are those of its verified owner, and of nobody who merely names it.
pub(super) async fn consents(connection: &mut PgConnection, person: Uuid) -> Result<Vec<HeldGuardian>, AppError> {
    let rows = sqlx::query_as!(
        ConsentRow,
        "SELECT c.guardian_name, c.given_at, c.withdrawn_at FROM guardian_consents c
         JOIN persons p ON p.national_id_hash = c.national_id_hash
         WHERE p.id = ANY (ARRAY(SELECT records_of($1))) AND p.identity_verified_at IS NOT NULL ORDER BY c.given_at DESC, c.id",
        person
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(HeldGuardian::from).collect())
}

/// Roles on the staff and in organisations, teams led and belonged to.
pub(super) async fn roles(
    connection: &mut PgConnection,
    person: Uuid,
    locale: Locale,
) -> Result<Vec<HeldRole>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT role AS "role!", NULL AS body, granted_at AS since, revoked_at AS until
             FROM staff_roles WHERE person_id = ANY (ARRAY(SELECT records_of($1)))
         UNION ALL
         SELECT r.role, CASE WHEN $2 THEN o.name_en ELSE o.name_ar END, r.since, r.until
             FROM organisation_roles r JOIN organisations o ON o.id = r.organisation_id
             WHERE r.person_id = ANY (ARRAY(SELECT records_of($1)))
         UNION ALL
         SELECT CASE WHEN leader_id = ANY (ARRAY(SELECT records_of($1))) THEN 'leader' ELSE 'deputy' END,
             CASE WHEN $2 THEN name_en ELSE name_ar END, NULL, NULL FROM teams
             WHERE leader_id = ANY (ARRAY(SELECT records_of($1))) OR deputy_id = ANY (ARRAY(SELECT records_of($1)))
         UNION ALL
         SELECT 'member', CASE WHEN $2 THEN t.name_en ELSE t.name_ar END, m.joined_at, m.left_at
             FROM memberships m JOIN teams t ON t.id = m.team_id
             WHERE m.person_id = ANY (ARRAY(SELECT records_of($1)))
         ORDER BY 3 DESC NULLS FIRST, 1, 2"#,
        person,
        locale == Locale::en
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HeldRole {
            role: row.role,
            body: row.body,
            since: row.since.map(Instant),
            until: row.until.map(Instant),
        })
        .collect())
}
