//! Guardians: who is asked for a minor, and the consent they give.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::codes::RENEWABLE;
use super::sealed::Sealed;
use crate::error::{AppError, Problem};
use crate::server::database::OnConstraint;

/// Where a minor stands with their guardian.
pub struct Standing {
    pub needed: bool,
    pub given_name: Option<String>,
    pub consented_at: Option<OffsetDateTime>,
    pub asked_at: Option<OffsetDateTime>,
}

/// Where a person stands. An asking that is too old to answer is none.
///
/// # Errors
/// When the database is away.
pub async fn standing(connection: &mut PgConnection, person: Uuid, now: OffsetDateTime) -> Result<Standing, AppError> {
    Ok(sqlx::query_as!(
        Standing,
        r#"SELECT p.needs_guardian AS needed, p.given_name,
               (SELECT given_at FROM guardian_consents WHERE minor_id = p.id AND withdrawn_at IS NULL) AS consented_at,
               (SELECT max(created_at) FROM code_attempts WHERE minor_id = p.id AND created_at > $2) AS asked_at
           FROM persons p WHERE p.id = $1"#,
        person,
        now - RENEWABLE
    )
    .fetch_one(connection)
    .await?)
}

/// Whether a mobile is one that the person signs in with.
///
/// # Errors
/// When the database is away.
pub async fn is_own_mobile(connection: &mut PgConnection, person: Uuid, mobile: &Sealed) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM accounts WHERE person_id = $1 AND mobile_hash = $2) AS "own!""#,
        person,
        mobile.hash
    )
    .fetch_one(connection)
    .await?)
}

/// The minor a guardian is asked about: as much of the name as is needed to mask it.
pub struct Minor {
    pub given_name: String,
    pub father_name: Option<String>,
    pub grandfather_name: Option<String>,
    pub family_name: String,
    pub consented: bool,
}

/// The minor of an asking that can still be answered, or that this consent came from.
///
/// # Errors
/// When the database is away.
pub async fn minor(
    connection: &mut PgConnection,
    attempt: Uuid,
    now: OffsetDateTime,
) -> Result<Option<Minor>, AppError> {
    Ok(sqlx::query_as!(
        Minor,
        r#"SELECT p.given_name AS "given_name!", p.father_name, p.grandfather_name, p.family_name AS "family_name!",
               EXISTS (SELECT FROM guardian_consents c WHERE c.minor_id = p.id AND c.withdrawn_at IS NULL)
                   AS "consented!"
           FROM code_attempts a JOIN persons p ON p.id = a.minor_id
           WHERE a.id = $1 AND a.created_at > $2 AND p.profile_completed_at IS NOT NULL"#,
        attempt,
        now - RENEWABLE
    )
    .fetch_optional(connection)
    .await?)
}

/// A consent as the guardian gives it.
pub struct Consent<'a> {
    pub minor: Uuid,
    pub attempt: Uuid,
    pub name: &'a str,
    pub national_id: &'a Sealed,
    pub mobile_hash: &'a [u8],
}

/// Notes a consent.
///
/// # Errors
/// [`Problem::GuardianIsSelf`] with the minor's own ID or mobile, [`Problem::GuardianNotAdult`] with the ID of somebody
/// verified as a minor, [`Problem::NoLongerPossible`] when one was given before.
pub async fn consent(
    connection: &mut PgConnection,
    consent: &Consent<'_>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let minor = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM persons
               WHERE national_id_hash = $1 AND identity_verified_at IS NOT NULL AND needs_guardian) AS "minor!""#,
        consent.national_id.hash
    )
    .fetch_one(&mut *connection)
    .await?;
    if minor {
        return Problem::GuardianNotAdult.refused();
    }
    sqlx::query!(
        "INSERT INTO guardian_consents (minor_id, attempt_id, guardian_name, national_id_sealed, national_id_hash,
             mobile_hash, given_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        consent.minor,
        consent.attempt,
        consent.name,
        consent.national_id.sealed,
        consent.national_id.hash,
        consent.mobile_hash,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[
        ("guardian_is_another_person", Problem::GuardianIsSelf),
        ("guardian_consents_live", Problem::NoLongerPossible),
    ])?;
    sqlx::query!(
        "INSERT INTO audit_entries (at, action, subject_id) VALUES ($1, 'guardian_consented', $2)",
        now,
        consent.minor
    )
    .execute(connection)
    .await?;
    Ok(())
}
