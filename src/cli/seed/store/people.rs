//! People of the demonstration set.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::name_key::name_key;
use crate::cli::seed::data;
use crate::error::AppError;
use crate::server::keys::{Keys, Purpose};

/// A person with a complete profile, and the account they sign in with.
pub async fn insert_person(
    connection: &mut PgConnection,
    keys: &Keys,
    person: &data::Person,
    needs_guardian: bool,
    at: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let parts =
        [Some(&person.given_ar), person.father_ar.as_ref(), person.grandfather_ar.as_ref(), Some(&person.family_ar)];
    let name: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let id_hash = keys.hash("national-id", &person.national_id);
    let id = sqlx::query_scalar!(
        "INSERT INTO persons (national_id_sealed, national_id_hash, given_name, father_name, grandfather_name,
             family_name, name_key, latin_name, birth_date_sealed, email, region, city, needs_guardian,
             profile_completed_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14) RETURNING id",
        keys.seal(Purpose::NationalId, &person.national_id),
        id_hash,
        person.given_ar,
        person.father_ar,
        person.grandfather_ar,
        person.family_ar,
        name_key(&name.join(" ")),
        person.latin_name,
        keys.seal(Purpose::BirthDate, &person.birth),
        person.email,
        person.region,
        person.city,
        needs_guardian,
        at
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "INSERT INTO accounts (person_id, national_id_hash, mobile_sealed, mobile_hash, created_at)
         VALUES ($1, $2, $3, $4, $5)",
        id,
        id_hash,
        keys.seal(Purpose::Mobile, &person.mobile),
        keys.hash("mobile", &person.mobile),
        at
    )
    .execute(connection)
    .await?;
    Ok(id)
}

/// The people of the set that are there, by their codes.
pub async fn find(
    connection: &mut PgConnection,
    keys: &Keys,
    people: &[data::Person],
) -> Result<HashMap<String, Uuid>, AppError> {
    let mut found = HashMap::new();
    for person in people {
        let id = sqlx::query_scalar!(
            "SELECT person_id FROM accounts WHERE national_id_hash = $1 AND mobile_hash = $2",
            keys.hash("national-id", &person.national_id),
            keys.hash("mobile", &person.mobile)
        )
        .fetch_optional(&mut *connection)
        .await?;
        if let Some(id) = id {
            found.insert(person.code.clone(), id);
        }
    }
    Ok(found)
}

/// A guardian's consent, given with a code that was sent to their own mobile.
pub async fn insert_consent(
    connection: &mut PgConnection,
    keys: &Keys,
    minor: Uuid,
    guardian: &data::Guardian,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    let id_hash = keys.hash("national-id", &guardian.national_id);
    let mobile_hash = keys.hash("mobile", &guardian.mobile);
    sqlx::query!(
        "WITH attempt AS (
             INSERT INTO code_attempts (purpose, national_id_sealed, national_id_hash, mobile_sealed, mobile_hash,
                 minor_id, code_hash, tries, expires_at, used_at, created_at)
             VALUES ('guardian', $1, $2, $3, $4, $5, $6, 1, $7::timestamptz + interval '5 minutes', $7, $7) RETURNING id
         )
         INSERT INTO guardian_consents (minor_id, attempt_id, guardian_name, national_id_sealed, national_id_hash,
             mobile_hash, given_at)
         SELECT $5, id, $8, $1, $2, $4, $7 FROM attempt",
        keys.seal(Purpose::NationalId, &guardian.national_id),
        id_hash,
        keys.seal(Purpose::Mobile, &guardian.mobile),
        mobile_hash,
        minor,
        keys.hash("spent", &guardian.mobile),
        at,
        guardian.name_ar
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// An identity seen: by a trainer at an in-person session, or by the national single sign-on.
pub async fn confirm_identity(
    connection: &mut PgConnection,
    person: Uuid,
    seen: Option<(Uuid, Uuid)>,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    let (trainer, session) = seen.unzip();
    sqlx::query!(
        "INSERT INTO identity_confirmations (person_id, method, confirmed_by, session_id, confirmed_at)
         VALUES ($1, $2, $3, $4, $5)",
        person,
        if trainer.is_some() { "trainer" } else { "single_sign_on" },
        trainer,
        session,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}
