//! Making compact signatures (RFC 7515).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use time::OffsetDateTime;

use super::model::{ALGORITHM, ListHeader, ReceiptHeader, TokenHeader};
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::server::database::internal;
use crate::server::signing_keys::SigningKey;
use crate::server::state::AppState;

/// Characters of a signature in base64url.
const SIGNATURE: usize = 86;

/// The key that signs at an instant.
///
/// # Errors
/// When this server was given none of a year that has begun.
pub fn key_at(state: &AppState, now: OffsetDateTime) -> Result<SigningKey, AppError> {
    let year = riyadh_day(now).year();
    state.config.signing_keys.signing_in(year).ok_or_else(|| internal(&"no signing key of a year that has begun"))
}

/// The header of a licence's token.
pub fn token_header(key: &SigningKey) -> String {
    json(&TokenHeader { alg: ALGORITHM.to_owned(), kid: key.id() })
}

/// The header of a status list.
pub fn list_header(key: &SigningKey) -> String {
    json(&ListHeader { alg: ALGORITHM.to_owned(), kid: key.id(), typ: ListHeader::TYPE.to_owned() })
}

/// A receipt of what it says.
pub fn receipt(key: &SigningKey, says: &impl Serialize) -> String {
    let header = ReceiptHeader { alg: ALGORITHM.to_owned(), kid: key.id(), typ: ReceiptHeader::TYPE.to_owned() };
    compact(key, &json(&header), &json(says))
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
