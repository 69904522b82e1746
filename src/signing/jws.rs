//! Making compact signatures (RFC 7515).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::model::{ALGORITHM, Header, LIST, RECEIPT};
use super::store;
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::server::database::internal;
use crate::server::signing_keys::SigningKey;
use crate::server::state::AppState;

/// Characters of a signature in base64url.
const SIGNATURE: usize = 86;

/// The key that signs at an instant, as long as the register goes by it; `None` once it was retired, or where another was
/// published of its year. Asked before each signature: a server goes on running while its key is retired, and what it signed
/// after that nobody would believe. Where the database is a replica, that is a second behind at most.
///
/// # Errors
/// As [`key_at`]; when the database is away.
pub async fn key_in_force(
    connection: &mut PgConnection,
    state: &AppState,
    now: OffsetDateTime,
) -> Result<Option<SigningKey>, AppError> {
    let key = key_at(state, now)?;
    if store::counts(connection, &key).await? {
        return Ok(Some(key));
    }
    tracing::error!(error.kind = "signing_key_not_in_force", signing.year = key.year, "rukhsa keys new makes another");
    Ok(None)
}

/// As [`key_in_force`], for what is nothing without a signature.
///
/// # Errors
/// [`AppError::Unavailable`] where there is none in force, until the server is given another; as [`key_in_force`].
pub async fn signing_key(
    connection: &mut PgConnection,
    state: &AppState,
    now: OffsetDateTime,
) -> Result<SigningKey, AppError> {
    key_in_force(connection, state, now).await?.ok_or(AppError::Unavailable)
}

/// The key that this server was given to sign with at an instant.
///
/// # Errors
/// When it was given none of a year that has begun.
pub fn key_at(state: &AppState, now: OffsetDateTime) -> Result<SigningKey, AppError> {
    let year = riyadh_day(now).year();
    state.config.signing_keys.signing_in(year).ok_or_else(|| internal(&"no signing key of a year that has begun"))
}

/// The header of a licence's token.
pub fn token_header(key: &SigningKey) -> String {
    header(key, None)
}

/// The header of a status list.
pub fn list_header(key: &SigningKey) -> String {
    header(key, Some(LIST))
}

/// A receipt of what it says.
pub fn receipt(key: &SigningKey, says: &impl Serialize) -> String {
    compact(key, &header(key, Some(RECEIPT)), &json(says))
}

fn header(key: &SigningKey, typ: Option<&str>) -> String {
    json(&Header { alg: ALGORITHM.to_owned(), kid: key.id(), typ: typ.map(str::to_owned) })
}

/// What can always be written as JSON.
pub fn json(what: &impl Serialize) -> String {
    serde_json::to_string(what).unwrap_or_default()
}

/// A header and a payload, signed.
pub fn compact(key: &SigningKey, header: &str, payload: &str) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()));
    format!("{message}.{signature}")
}

/// Bytes of payload under a header that fit a compact signature of at most `length` characters.
pub fn room(header: &str, length: usize) -> usize {
    let around = (header.len() * 4).div_ceil(3) + SIGNATURE + 2;
    length.saturating_sub(around) * 3 / 4
}
