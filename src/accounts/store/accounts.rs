//! Accounts: made when a right code proves the mobile, never before.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::sealed::{self, Sealed};
use crate::accounts::model::age;
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::server::keys::Keys;

/// The account of an ID number and a mobile.
pub enum Found {
    Open {
        account: Uuid,
        person: Uuid,
    },
    /// Somebody else was verified as the owner of the ID number.
    Frozen,
    /// Its record was merged into another of the same person, who signs in by that one.
    Merged,
}

/// Finds the account of an ID number and a mobile that were just proved to go together, or makes it with its person.
///
/// # Errors
/// When the database is away.
pub async fn find_or_create(
    connection: &mut PgConnection,
    national_id: &Sealed,
    mobile: &Sealed,
    now: OffsetDateTime,
) -> Result<Found, AppError> {
    // Two right codes for one pair at once must not make two people of it.
    sqlx::query!(
        "SELECT pg_advisory_xact_lock(hashtextextended(encode($1::bytea || $2::bytea, 'hex'), 0))",
        national_id.hash,
        mobile.hash
    )
    .execute(&mut *connection)
    .await?;
    // The share lock waits for a verification under way, and makes a later one wait for this account: it freezes it.
    let claims = sqlx::query!(
        r#"SELECT id, identity_verified_at IS NOT NULL AS "verified!", merged_into IS NOT NULL AS "merged!" FROM persons
           WHERE national_id_hash = $1 FOR SHARE"#,
        national_id.hash
    )
    .fetch_all(&mut *connection)
    .await?;
    let owner = claims.iter().find(|claim| claim.verified).map(|claim| claim.id);
    let known = sqlx::query!(
        "SELECT id, person_id, frozen_at FROM accounts WHERE national_id_hash = $1 AND mobile_hash = $2",
        national_id.hash,
        mobile.hash
    )
    .fetch_optional(&mut *connection)
    .await?;
    let merged = |person: Uuid| claims.iter().any(|claim| claim.id == person && claim.merged);
    match known {
        Some(known) if merged(known.person_id) => Ok(Found::Merged),
        Some(known) if known.frozen_at.is_some() || owner.is_some_and(|owner| owner != known.person_id) => {
            Ok(Found::Frozen)
        }
        Some(known) => Ok(Found::Open { account: known.id, person: known.person_id }),
        None if owner.is_some() => Ok(Found::Frozen),
        None => create(connection, national_id, mobile, now).await,
    }
}

async fn create(
    connection: &mut PgConnection,
    national_id: &Sealed,
    mobile: &Sealed,
    now: OffsetDateTime,
) -> Result<Found, AppError> {
    let person = sqlx::query_scalar!(
        "INSERT INTO persons (national_id_sealed, national_id_hash, created_at) VALUES ($1, $2, $3) RETURNING id",
        national_id.sealed,
        national_id.hash,
        now
    )
    .fetch_one(&mut *connection)
    .await?;
    let account = sqlx::query_scalar!(
        "INSERT INTO accounts (person_id, national_id_hash, mobile_sealed, mobile_hash, created_at)
         VALUES ($1, $2, $3, $4, $5) RETURNING id",
        person,
        national_id.hash,
        mobile.sealed,
        mobile.hash,
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(Found::Open { account, person })
}

/// Looks again whether a minor still is one.
///
/// # Errors
/// When the database is away.
pub async fn refresh_age(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let birth = sqlx::query_scalar!("SELECT birth_date_sealed FROM persons WHERE id = $1 AND needs_guardian", person)
        .fetch_optional(&mut *connection)
        .await?
        .flatten();
    if let Some(birth) = birth
        && !age::needs_guardian(sealed::open_birth_date(keys, &birth)?, riyadh_day(now))
    {
        sqlx::query!("UPDATE persons SET needs_guardian = false WHERE id = $1", person).execute(connection).await?;
    }
    Ok(())
}
