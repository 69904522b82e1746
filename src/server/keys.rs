//! Sealing of personal data at rest, and keyed hashes to look it up by. The keys are never in the database.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::sync::Arc;

const NONCE: usize = 24;

/// The data key (XChaCha20-Poly1305) and the index key (HMAC-SHA-256).
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    id: u8,
    cipher: XChaCha20Poly1305,
    /// Padded to the block of SHA-256, which changes nothing of the hash.
    index: [u8; 64],
}

/// What a sealed value is, bound into it: a value moved to another column does not open.
#[derive(Clone, Copy)]
pub enum Purpose {
    NationalId,
    Mobile,
    BirthDate,
    Message,
    KeptForm,
    RecoveryCodes,
    CodeVerifier,
    ShownSecret,
    WebhookSecret,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::NationalId => b"national-id",
            Self::Mobile => b"mobile",
            Self::BirthDate => b"birth-date",
            Self::Message => b"message",
            Self::KeptForm => b"kept-form",
            Self::RecoveryCodes => b"recovery-codes",
            Self::CodeVerifier => b"code-verifier",
            Self::ShownSecret => b"shown-secret",
            Self::WebhookSecret => b"webhook-secret",
        }
    }
}

/// A sealed value did not open: another key, another purpose, or damage.
#[derive(Debug, thiserror::Error)]
#[error("sealed value does not open")]
pub struct OpenError;

impl Keys {
    /// Reads `<key id 0-255>:<base64 of 32 bytes>` and base64 of 32 bytes.
    ///
    /// # Errors
    /// Says which of the two is not of that form.
    pub fn parse(data_key: &str, index_key: &str) -> Result<Self, &'static str> {
        let wrong = "RUKHSA_DATA_KEY must be <id>:<base64 of 32 bytes>";
        let (id, data) = data_key.split_once(':').ok_or(wrong)?;
        let id = id.parse().map_err(|_| wrong)?;
        let data: [u8; 32] = STANDARD.decode(data).ok().and_then(|key| key.try_into().ok()).ok_or(wrong)?;
        let index_key: [u8; 32] = STANDARD
            .decode(index_key)
            .ok()
            .and_then(|key| key.try_into().ok())
            .ok_or("RUKHSA_INDEX_KEY must be base64 of 32 bytes")?;
        let mut index = [0; 64];
        index[..32].copy_from_slice(&index_key);
        Ok(Self(Arc::new(Inner { id, cipher: XChaCha20Poly1305::new(&Key::from(data)), index })))
    }

    /// Encrypts: key id, nonce, ciphertext with tag.
    pub fn seal(&self, purpose: Purpose, plain: &str) -> Vec<u8> {
        let nonce: [u8; NONCE] = random_bytes();
        let sealed = self
            .0
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain.as_bytes(), aad: purpose.label() })
            .unwrap_or_default();
        [&[self.0.id], nonce.as_slice(), &sealed].concat()
    }

    /// # Errors
    /// [`OpenError`] when it was sealed under another key, for another purpose, or is damaged.
    pub fn open(&self, purpose: Purpose, sealed: &[u8]) -> Result<String, OpenError> {
        let (id, rest) = sealed.split_first().ok_or(OpenError)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(OpenError)?;
        if *id != self.0.id {
            return Err(OpenError);
        }
        let plain = self
            .0
            .cipher
            .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: purpose.label() })
            .map_err(|_| OpenError)?;
        String::from_utf8(plain).map_err(|_| OpenError)
    }

    /// A keyed hash: equal for equal values, and of no use to who has the database alone.
    pub fn hash(&self, label: &str, value: &str) -> Vec<u8> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&self.0.index.into());
        mac.update(label.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

/// Bytes from the operating system's random source.
///
/// # Panics
/// When the operating system has no randomness: nothing safe could follow.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "without randomness nothing safe could follow")]
    getrandom::fill(&mut bytes).expect("the operating system's random source");
    bytes
}

/// An opaque token of 256 random bits, for a cookie or a link, and the hash to keep of it.
pub fn random_token() -> (String, Vec<u8>) {
    let token = URL_SAFE_NO_PAD.encode(random_bytes::<32>());
    let hash = token_hash(&token);
    (token, hash)
}

/// What is stored of a token: its SHA-256.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// `length` decimal digits from the operating system's random source, each equally likely.
pub fn random_digits(length: usize) -> String {
    let mut digits = String::with_capacity(length);
    while digits.len() < length {
        for byte in random_bytes::<32>() {
            // 250 is the largest multiple of ten in a byte; the rest would favour some digits.
            if byte < 250 && digits.len() < length {
                digits.push(char::from(b'0' + byte % 10));
            }
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(id: u8) -> Keys {
        let key = STANDARD.encode([id; 32]);
        Keys::parse(&format!("{id}:{key}"), &key).unwrap()
    }

    #[test]
    fn a_sealed_value_opens_with_its_key_and_purpose_only() {
        let sealed = keys(1).seal(Purpose::Mobile, "+966500000000");
        assert_eq!(keys(1).open(Purpose::Mobile, &sealed).unwrap(), "+966500000000");
        assert!(keys(1).open(Purpose::NationalId, &sealed).is_err());
        assert!(keys(2).open(Purpose::Mobile, &sealed).is_err());
        assert!(keys(1).open(Purpose::Mobile, &sealed[..20]).is_err());
    }

    #[test]
    fn the_same_value_is_sealed_differently_and_hashed_alike() {
        let keys = keys(1);
        assert_ne!(keys.seal(Purpose::Mobile, "a"), keys.seal(Purpose::Mobile, "a"));
        assert_eq!(keys.hash("id", "a"), keys.hash("id", "a"));
        assert_ne!(keys.hash("id", "a"), keys.hash("mobile", "a"));
    }

    #[test]
    fn random_digits_are_as_many_as_asked() {
        assert!(random_digits(15).bytes().all(|b| b.is_ascii_digit()));
        assert_eq!(random_digits(15).len(), 15);
    }
}
