//! Turns through the national single sign-on, and whose an ID number is that it names.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::error::AppError;
use crate::server::database::internal;
use crate::server::keys::{Keys, Purpose, random_token, token_hash};

/// How long a turn may take: time to find a phone and confirm on it.
pub const LIFETIME: Duration = Duration::minutes(10);

/// A turn that begins. None of it is ever stored as it is.
pub struct Begun {
    /// Goes to the provider and comes back with its answer.
    pub state: String,
    /// Stays in the browser, in a cookie.
    pub browser: String,
    /// Comes back inside the ID token.
    pub nonce: String,
    /// The PKCE code verifier (RFC 7636), which proves to the provider that the code is ours.
    pub verifier: String,
}

/// Notes a turn that begins.
///
/// # Errors
/// When the database is away.
pub async fn begin(connection: &mut PgConnection, keys: &Keys, now: OffsetDateTime) -> Result<Begun, AppError> {
    let [(state, state_hash), (browser, browser_hash), (nonce, nonce_hash), (verifier, _)] =
        std::array::from_fn(|_| random_token());
    sqlx::query!(
        "INSERT INTO single_sign_on_attempts (state_hash, browser_hash, nonce_hash, verifier_sealed, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
        state_hash,
        browser_hash,
        nonce_hash,
        keys.seal(Purpose::CodeVerifier, &verifier),
        now + LIFETIME
    )
    .execute(connection)
    .await?;
    Ok(Begun { state, browser, nonce, verifier })
}

/// What is still to be compared and proved when a browser comes back.
pub struct Taken {
    pub nonce_hash: Vec<u8>,
    pub verifier: String,
}

/// Takes the turn of a state in the browser it was begun in. It is gone then, whatever comes of it. `None` when there is
/// none, any more or in time.
///
/// # Errors
/// When the database is away.
pub async fn take(
    connection: &mut PgConnection,
    keys: &Keys,
    state: &str,
    browser: &str,
    now: OffsetDateTime,
) -> Result<Option<Taken>, AppError> {
    let row = sqlx::query!(
        "DELETE FROM single_sign_on_attempts WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > $3
         RETURNING nonce_hash, verifier_sealed",
        token_hash(state),
        token_hash(browser),
        now
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let verifier = keys.open(Purpose::CodeVerifier, &row.verifier_sealed).map_err(|error| internal(&error))?;
    Ok(Some(Taken { nonce_hash: row.nonce_hash, verifier }))
}

/// Drops turns that nobody came back from.
///
/// # Errors
/// When the database is away.
pub async fn sweep(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM single_sign_on_attempts WHERE expires_at <= $1", now).execute(connection).await?;
    Ok(())
}

/// The account of the person who was verified as the owner of an ID number.
pub struct Owner {
    pub account: Uuid,
    pub person: Uuid,
    pub frozen: bool,
}

/// Who owns the ID number of this keyed hash, by the record that stays where theirs was merged into another. `None` while
/// nobody was verified, whoever may have named it.
///
/// # Errors
/// When the database is away.
pub async fn owner(connection: &mut PgConnection, national_id_hash: &[u8]) -> Result<Option<Owner>, AppError> {
    Ok(sqlx::query_as!(
        Owner,
        r#"SELECT a.id AS account, a.person_id AS person, a.frozen_at IS NOT NULL AS "frozen!"
           FROM persons named JOIN persons p ON p.id = coalesce(named.merged_into, named.id)
           JOIN accounts a ON a.person_id = p.id
           WHERE named.national_id_hash = $1 AND named.identity_verified_at IS NOT NULL
           ORDER BY a.frozen_at NULLS FIRST, a.created_at DESC, a.id LIMIT 1"#,
        national_id_hash
    )
    .fetch_optional(connection)
    .await?)
}

/// What a signed-in person has of what a verification needs.
pub struct Standing {
    pub same_number: bool,
    pub verified: bool,
    pub profile_complete: bool,
}

/// Where a signed-in person stands towards the ID number of this keyed hash.
///
/// # Errors
/// When the database is away.
pub async fn standing(
    connection: &mut PgConnection,
    person: Uuid,
    national_id_hash: &[u8],
) -> Result<Standing, AppError> {
    Ok(sqlx::query_as!(
        Standing,
        r#"SELECT national_id_hash = $2 AS "same_number!", identity_verified_at IS NOT NULL AS "verified!",
               profile_completed_at IS NOT NULL AS "profile_complete!"
           FROM persons WHERE id = $1"#,
        person,
        national_id_hash
    )
    .fetch_one(connection)
    .await?)
}
