//! What a person says of themselves.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::sealed;
use crate::accounts::model::age;
use crate::accounts::model::{ArabicName, Email, LatinName};
use crate::accounts::name_key::name_key;
use crate::calendar::riyadh_day;
use crate::error::{AppError, Problem};
use crate::server::database::OnConstraint;
use crate::server::keys::Keys;

/// A profile as it stands, complete or not.
pub struct Stored {
    pub given_name: Option<String>,
    pub father_name: Option<String>,
    pub grandfather_name: Option<String>,
    pub family_name: Option<String>,
    pub latin_name: Option<String>,
    pub birth_date_sealed: Option<Vec<u8>>,
    pub email: Option<String>,
    pub region: Option<String>,
    pub city: Option<String>,
    pub identity_verified_at: Option<OffsetDateTime>,
}

/// A person's profile.
///
/// # Errors
/// When the database is away.
pub async fn get(connection: &mut PgConnection, person: Uuid) -> Result<Stored, AppError> {
    Ok(sqlx::query_as!(
        Stored,
        "SELECT given_name, father_name, grandfather_name, family_name, latin_name, birth_date_sealed, email, region,
             city, identity_verified_at
         FROM persons WHERE id = $1",
        person
    )
    .fetch_one(connection)
    .await?)
}

/// Who somebody is: fixed once their identity is verified.
pub struct Identity {
    pub name: ArabicName,
    pub latin_name: LatinName,
    pub birth: Date,
}

/// Where somebody is reached.
pub struct Contact {
    pub region: String,
    pub city: String,
    pub email: Option<Email>,
}

const UNKNOWN_PLACE: (&str, Problem) = ("persons_region_city_fkey", Problem::PlaceUnknown);

/// Saves a whole profile; false when the identity was verified meanwhile, and nothing was saved.
///
/// # Errors
/// [`Problem::PlaceUnknown`], or when the database is away.
pub async fn save(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    identity: &Identity,
    contact: &Contact,
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    let saved = sqlx::query!(
        "UPDATE persons SET given_name = $2, father_name = $3, grandfather_name = $4, family_name = $5, name_key = $6,
             latin_name = $7, birth_date_sealed = $8, needs_guardian = $9, region = $10, city = $11, email = $12,
             profile_completed_at = coalesce(profile_completed_at, $13)
         WHERE id = $1 AND identity_verified_at IS NULL",
        person,
        identity.name.given,
        identity.name.father,
        identity.name.grandfather,
        identity.name.family,
        name_key(&identity.name.full()),
        identity.latin_name.as_str(),
        sealed::birth_date(keys, identity.birth),
        age::needs_guardian(identity.birth, riyadh_day(now)),
        contact.region,
        contact.city,
        contact.email.as_ref().map(Email::as_str),
        now
    )
    .execute(connection)
    .await
    .on_constraint(&[UNKNOWN_PLACE])?;
    Ok(saved.rows_affected() == 1)
}

/// Saves what may change after verification too.
///
/// # Errors
/// [`Problem::PlaceUnknown`], or when the database is away.
pub async fn save_contact(connection: &mut PgConnection, person: Uuid, contact: &Contact) -> Result<(), AppError> {
    sqlx::query!(
        "UPDATE persons SET region = $2, city = $3, email = $4 WHERE id = $1",
        person,
        contact.region,
        contact.city,
        contact.email.as_ref().map(Email::as_str)
    )
    .execute(connection)
    .await
    .on_constraint(&[UNKNOWN_PLACE])?;
    Ok(())
}
