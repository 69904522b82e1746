//! The compact form of a signature (RFC 7515), checked strictly: three parts in base64url with nothing to spare, a header
//! of exactly the fields that its kind has, and the one algorithm. A header never decides how its signature is checked:
//! its `kid` picks one of the keys that the verifier trusts already, and that is all that is taken from it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Claims;
use super::key::{ALGORITHM, PublicKey};

/// Bytes of a licence's token at most; it is longer than any that fits a QR code beside its address.
const LONGEST_TOKEN: usize = 512;

/// Why a signature does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Not three parts, or longer than any.
    Shape,
    /// A part is not base64url as RFC 7515 writes it: without padding, each text in one way only.
    Encoding,
    /// The header has other fields than its kind has.
    Header,
    /// Another algorithm.
    Algorithm,
    /// Signed with a key that the verifier does not trust.
    UnknownKey,
    /// The signature is not that key's of this text.
    Signature,
    /// Signed by the register, and not what was expected.
    Contents,
}

/// The header of a licence's token, of which nothing may be missing or added. That it has no `typ` sets it apart from
/// whatever else the register signs.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenHeader {
    pub alg: String,
    pub kid: String,
}

/// What a header must say, whatever its kind.
pub(super) trait Header: DeserializeOwned {
    fn alg(&self) -> &str;
    fn kid(&self) -> &str;
    /// Whether it is of its own kind.
    fn fits(&self) -> bool;
}

impl Header for TokenHeader {
    fn alg(&self) -> &str {
        &self.alg
    }

    fn kid(&self) -> &str {
        &self.kid
    }

    fn fits(&self) -> bool {
        true
    }
}

/// What a licence's token says, where one of `keys` signed it. Whether the licence is valid is another question.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn verify(token: &str, keys: &[PublicKey]) -> Result<Claims, Refusal> {
    if token.len() > LONGEST_TOKEN {
        return Err(Refusal::Shape);
    }
    let payload = opened::<TokenHeader>(token, keys)?;
    Claims::decode(&payload).ok_or(Refusal::Contents)
}

/// The payload of a text that one of `keys` signed under a header of this kind.
pub(super) fn opened<H: Header>(text: &str, keys: &[PublicKey]) -> Result<Vec<u8>, Refusal> {
    let (message, signature) = text.rsplit_once('.').ok_or(Refusal::Shape)?;
    let (header, payload) = message.split_once('.').ok_or(Refusal::Shape)?;
    if payload.contains('.') {
        return Err(Refusal::Shape);
    }
    let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| Refusal::Encoding);
    let (header, payload, signature) = (decoded(header)?, decoded(payload)?, decoded(signature)?);
    let header: H = serde_json::from_slice(&header).map_err(|_| Refusal::Header)?;
    if !header.fits() {
        return Err(Refusal::Header);
    }
    if header.alg() != ALGORITHM {
        return Err(Refusal::Algorithm);
    }
    let key = keys.iter().find(|key| key.kid == header.kid()).ok_or(Refusal::UnknownKey)?;
    if !key.signed(message.as_bytes(), &signature) {
        return Err(Refusal::Signature);
    }
    Ok(payload)
}
