//! A status list as it is served: read from the register, packed and signed.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::jws::{compact, json, list_header};
use super::model::{BYTES, ListCredential, ListSubject, Purpose, TTL, path};
use crate::error::AppError;
use crate::server::database::internal;
use crate::server::signing_keys::SigningKey;

/// The credential of a list in which these places are set. Within a minute the same places give the same text.
///
/// # Errors
/// When a place is outside of a list, which the database forbids.
pub fn credential(
    origin: &str,
    (purpose, list): (Purpose, u32),
    places: &[u32],
    key: &SigningKey,
    now: OffsetDateTime,
) -> Result<String, AppError> {
    let minute = now.unix_timestamp() / 60 * 60;
    let valid_from = OffsetDateTime::from_unix_timestamp(minute).map_err(|error| internal(&error))?;
    let id = format!("{origin}{}", path(purpose, list));
    let credential = ListCredential {
        context: vec!["https://www.w3.org/ns/credentials/v2".to_owned()],
        types: vec!["VerifiableCredential".to_owned(), "BitstringStatusListCredential".to_owned()],
        issuer: origin.to_owned(),
        valid_from: valid_from.format(&Rfc3339).map_err(|error| internal(&error))?,
        iat: minute,
        credential_subject: ListSubject {
            id: format!("{id}#list"),
            kind: "BitstringStatusList".to_owned(),
            status_purpose: purpose,
            encoded_list: packed(places)?,
            ttl: TTL.whole_seconds() * 1000,
        },
        id,
    };
    Ok(compact(key, &list_header(key), &json(&credential)))
}

/// Bits as `encodedList` carries them.
fn packed(places: &[u32]) -> Result<String, AppError> {
    let mut bits = vec![0_u8; BYTES];
    for place in places {
        let byte = usize::try_from(place / 8).ok().and_then(|at| bits.get_mut(at));
        *byte.ok_or_else(|| internal(&"a place outside of its list"))? |= 0x80 >> (place % 8);
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    let packed = gzip.write_all(&bits).and_then(|()| gzip.finish()).map_err(|error| internal(&error))?;
    Ok(format!("u{}", URL_SAFE_NO_PAD.encode(packed)))
}
