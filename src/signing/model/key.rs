//! Public keys, as they are published (RFC 7517, RFC 8037) and as a signature is checked with.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};

/// The one algorithm, Ed25519, by the name that RFC 8037 gave it. RFC 9864 deprecates that name, because with it alone a header
/// does not say which curve is meant, and registers `Ed25519` in its place. Here nothing is left open: the keys are published
/// with their curve, and a header never decides how its signature is checked. The newer name would be unknown to verifiers in
/// use (of those in `end2end`, that of Open Badges), and to apps installed before it, which check cards without a connection.
/// Cards are on paper for years: before it can ever be signed, everybody who verifies must have learnt to take both.
pub const ALGORITHM: &str = "EdDSA";

/// The keys that are published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwks {
    pub keys: Vec<Jwk>,
}

impl Jwks {
    /// Those that signatures can be checked with; what else stands there is left out.
    pub fn public_keys(&self) -> Vec<PublicKey> {
        self.keys.iter().filter_map(Jwk::public_key).collect()
    }
}

/// A published key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwk {
    pub kty: String,
    pub crv: String,
    /// The public key, in base64url.
    pub x: String,
    #[serde(rename = "use")]
    pub purpose: String,
    pub alg: String,
    pub kid: String,
}

impl Jwk {
    /// An Ed25519 key by its id.
    pub fn new(kid: String, public: &[u8]) -> Self {
        Self {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            x: URL_SAFE_NO_PAD.encode(public),
            purpose: "sig".to_owned(),
            alg: ALGORITHM.to_owned(),
            kid,
        }
    }

    /// The key, where it is one for Ed25519 signatures.
    fn public_key(&self) -> Option<PublicKey> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.x).ok()?;
        let fits = *self == Self::new(self.kid.clone(), &bytes);
        PublicKey::new(self.kid.clone(), &bytes.try_into().ok()?).filter(|_| fits)
    }
}

/// A key that signatures are checked with, and the id that picks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    pub kid: String,
    key: VerifyingKey,
}

impl PublicKey {
    /// `None` for bytes that are no point of the curve, or one of small order, under which anything is signed.
    pub fn new(kid: String, bytes: &[u8; 32]) -> Option<Self> {
        let key = VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak())?;
        Some(Self { kid, key })
    }

    /// Its 32 bytes.
    pub fn bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Whether a signature of a message is this key's, by the strict rules: one signature a message, none malleable.
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}
