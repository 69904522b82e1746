//! The compact form of a signature (RFC 7515), checked strictly: three parts in base64url with nothing to spare, a header
//! of exactly the fields that its kind has, and the one algorithm. A header never decides how its signature is checked:
//! its `kid` picks one of the keys that the verifier trusts already, and that is all that is taken from it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
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

/// The header of what the register signs, of which nothing may be missing or added.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    pub alg: String,
    pub kid: String,
    /// Sets one kind of signed text apart from another: [`LIST`], [`RECEIPT`], or none in a licence's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typ: Option<String>,
}

/// The `typ` of a status list.
pub const LIST: &str = "vc+jwt";
/// The `typ` of a receipt.
pub const RECEIPT: &str = "rukhsa-receipt+jwt";

/// What a licence's token says, where one of `keys` signed it. Whether the licence is valid is another question.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn verify(token: &str, keys: &[PublicKey]) -> Result<Claims, Refusal> {
    if token.len() > LONGEST_TOKEN {
        return Err(Refusal::Shape);
    }
    let payload = opened(token, None, keys)?;
    Claims::decode(&payload).ok_or(Refusal::Contents)
}

/// The payload of a text of this `typ` that one of `keys` signed.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn opened(text: &str, typ: Option<&str>, keys: &[PublicKey]) -> Result<Vec<u8>, Refusal> {
    let (message, signature) = text.rsplit_once('.').ok_or(Refusal::Shape)?;
    let (header, payload) = message.split_once('.').ok_or(Refusal::Shape)?;
    if payload.contains('.') {
        return Err(Refusal::Shape);
    }
    let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| Refusal::Encoding);
    let (header, payload, signature) = (decoded(header)?, decoded(payload)?, decoded(signature)?);
    let header: Header = serde_json::from_slice(&header).map_err(|_| Refusal::Header)?;
    if header.typ.as_deref() != typ {
        return Err(Refusal::Header);
    }
    if header.alg != ALGORITHM {
        return Err(Refusal::Algorithm);
    }
    let key = keys.iter().find(|key| key.kid == header.kid).ok_or(Refusal::UnknownKey)?;
    if !key.signed(message.as_bytes(), &signature) {
        return Err(Refusal::Signature);
    }
    Ok(payload)
}
