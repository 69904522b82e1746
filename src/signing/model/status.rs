//! Status lists: W3C Bitstring Status List v1.0, each in a credential of its own that is signed by W3C's Securing
//! Verifiable Credentials using JOSE and COSE (`application/vc+jwt`).

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::jws::{LIST, opened};
use super::{PublicKey, Refusal};

/// Places of a list: the fewest that the standard allows, so that a place says nothing of whose it is.
pub const ENTRIES: u32 = 131_072;

/// Bytes of its bits.
pub const BYTES: usize = 16_384;

/// How long a list that was fetched may be relied on without a connection: the time between two places with a signal. With
/// one, it is asked for anew.
pub const TTL: Duration = Duration::hours(1);

/// What a set bit of a list means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// For good.
    Revocation,
    /// Until it is restored.
    Suspension,
}

impl Purpose {
    pub const ALL: [Self; 2] = [Self::Revocation, Self::Suspension];

    /// As addresses and the standard spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
        }
    }

    /// Reads [`Purpose::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// The path of a list.
pub fn path(purpose: Purpose, list: u32) -> String {
    format!("/status/{}/{list}", purpose.code())
}

/// Where a licence stands in the lists: at the same place in those of both purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// From 1.
    pub list: u32,
    /// From 0, below [`ENTRIES`].
    pub index: u32,
}

impl Place {
    /// `None` where there is no such place.
    pub fn new(list: u32, index: u32) -> Option<Self> {
        (list > 0 && index < ENTRIES).then_some(Self { list, index })
    }
}

/// A list's credential.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListCredential {
    #[serde(rename = "@context")]
    pub context: Vec<String>,
    /// The address that it is read at.
    pub id: String,
    #[serde(rename = "type")]
    pub types: Vec<String>,
    pub issuer: String,
    /// From when on it says what it says, in RFC 3339: the beginning of the minute it was signed in.
    pub valid_from: String,
    /// The same instant in seconds since 1970 (RFC 7519).
    pub iat: i64,
    pub credential_subject: ListSubject,
}

/// What a list's credential is about: the list.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListSubject {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub status_purpose: Purpose,
    /// The bits, the first the highest of its byte, by GZIP (RFC 1952) and multibase base64url.
    pub encoded_list: String,
    /// [`TTL`] in milliseconds.
    pub ttl: i64,
}

/// A list that the register signed.
pub struct StatusList {
    /// The address that it is read at.
    pub id: String,
    pub purpose: Purpose,
    /// When it was signed, to the minute.
    pub signed_at: OffsetDateTime,
    bits: Vec<u8>,
}

impl StatusList {
    /// Reads a list's credential, where one of `keys` signed it. Whoever asked for a list compares its `id` and purpose
    /// with what they asked for: any other list is signed too.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn verify(credential: &str, keys: &[PublicKey]) -> Result<Self, Refusal> {
        let payload = opened(credential, Some(LIST), keys)?;
        let credential: ListCredential = serde_json::from_slice(&payload).map_err(|_| Refusal::Contents)?;
        let signed_at = OffsetDateTime::from_unix_timestamp(credential.iat).map_err(|_| Refusal::Contents)?;
        let subject = credential.credential_subject;
        let bits = expanded(&subject.encoded_list).ok_or(Refusal::Contents)?;
        Ok(Self { id: credential.id, purpose: subject.status_purpose, signed_at, bits })
    }

    /// Whether the bit of a place is set.
    pub fn is_set(&self, place: Place) -> bool {
        let byte = usize::try_from(place.index / 8).ok().and_then(|at| self.bits.get(at));
        byte.is_some_and(|byte| byte & (0x80 >> (place.index % 8)) != 0)
    }

    /// Whether it is too old to be relied on.
    pub fn is_stale(&self, now: OffsetDateTime) -> bool {
        now - self.signed_at > TTL
    }
}

/// The bits behind `encodedList`; `None` where they are not as many as a list has.
fn expanded(encoded: &str) -> Option<Vec<u8>> {
    let packed = URL_SAFE_NO_PAD.decode(encoded.strip_prefix('u')?).ok()?;
    let mut bits = Vec::with_capacity(BYTES + 1);
    // One byte more than fits shows what is too long, however much it would expand to.
    GzDecoder::new(packed.as_slice()).take(BYTES as u64 + 1).read_to_end(&mut bits).ok()?;
    (bits.len() == BYTES).then_some(bits)
}
