//! The private keys that sign in the register's name: Ed25519 (RFC 8032), one a calendar year of Riyadh. They come from
//! the configuration and are never in the database.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};

use super::keys::random_bytes;

/// Years that a key can be of: four digits, and no slip of the hand.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2999;
/// Characters of a key's id.
const ID: usize = 8;
const FORM: &str = "RUKHSA_SIGNING_KEYS must be <year>:<base64 of 32 bytes>, one a year, by commas";

/// The key of a year.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    pub year: i32,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    fn new(year: i32, seed: &[u8; 32]) -> Self {
        Self { year, key: ed25519_dalek::SigningKey::from_bytes(seed) }
    }

    /// A new one from the operating system's random source, as [`SigningKeys::parse`] reads it; `None` for no year.
    pub fn generate(year: i32) -> Option<String> {
        YEARS.contains(&year).then(|| format!("{year}:{}", STANDARD.encode(random_bytes::<32>())))
    }

    /// The first 48 bits of its thumbprint (RFC 7638, RFC 8037 appendix A.3) in base64url. The whole would take a sixth
    /// of a QR code; an id only picks one key out of a few, of which the register lets no two share one.
    pub fn id(&self) -> String {
        let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, URL_SAFE_NO_PAD.encode(self.public()));
        let mut id = URL_SAFE_NO_PAD.encode(Sha256::digest(jwk));
        id.truncate(ID);
        id
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// The signature of a message; the same for the same message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

/// The keys that this server was given.
#[derive(Clone)]
pub struct SigningKeys(Arc<Source>);

enum Source {
    Given(BTreeMap<i32, SigningKey>),
    /// One for any year, which anybody can make who reads this file.
    Development,
}

impl SigningKeys {
    /// Reads `<year>:<base64 of 32 bytes>`, by commas.
    ///
    /// # Errors
    /// Says the form when it is another, or names a year twice.
    pub fn parse(list: &str) -> Result<Self, &'static str> {
        let mut keys = BTreeMap::new();
        for one in list.split(',') {
            let (year, seed) = one.trim().split_once(':').ok_or(FORM)?;
            let year = year.parse().ok().filter(|year| YEARS.contains(year)).ok_or(FORM)?;
            let seed: [u8; 32] = STANDARD.decode(seed).ok().and_then(|seed| seed.try_into().ok()).ok_or(FORM)?;
            if keys.insert(year, SigningKey::new(year, &seed)).is_some() {
                return Err(FORM);
            }
        }
        Ok(Self(Arc::new(Source::Given(keys))))
    }

    /// Those of development.
    pub fn development() -> Self {
        Self(Arc::new(Source::Development))
    }

    /// Whether one of them is a key of development, which is public.
    pub fn are_public(&self) -> bool {
        match &*self.0 {
            Source::Given(keys) => keys.values().any(|key| *key == of_development(key.year)),
            Source::Development => true,
        }
    }

    /// The key that signs in a year: its own, or the newest before it.
    pub fn signing_in(&self, year: i32) -> Option<SigningKey> {
        match &*self.0 {
            Source::Given(keys) => keys.range(..=year).next_back().map(|(_, key)| key.clone()),
            Source::Development => Some(of_development(year)),
        }
    }

    /// The keys that others should know in a year: the one that signs in it, and those of later years.
    pub fn known_in(&self, year: i32) -> Vec<SigningKey> {
        let later = match &*self.0 {
            Source::Given(keys) => keys.range(year + 1..).map(|(_, key)| key.clone()).collect(),
            Source::Development => vec![of_development(year + 1)],
        };
        self.signing_in(year).into_iter().chain(later).collect()
    }
}

fn of_development(year: i32) -> SigningKey {
    SigningKey::new(year, &Sha256::digest(format!("rukhsa development signing key {year}")).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(years: &[i32]) -> SigningKeys {
        let list: Vec<String> = years.iter().map(|year| SigningKey::generate(*year).unwrap()).collect();
        SigningKeys::parse(&list.join(", ")).unwrap()
    }

    fn years(keys: Vec<SigningKey>) -> Vec<i32> {
        keys.into_iter().map(|key| key.year).collect()
    }

    #[test]
    fn an_id_is_the_beginning_of_the_thumbprint() {
        // RFC 8037, appendices A.1 and A.3.
        let seed = URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        let key = SigningKey::new(2026, &seed.try_into().unwrap());
        assert_eq!(URL_SAFE_NO_PAD.encode(key.public()), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"[..8]);
    }

    #[test]
    fn a_year_is_signed_by_its_own_key_or_the_newest_before_it() {
        let keys = given(&[2026, 2028]);
        assert!(keys.signing_in(2025).is_none());
        for (year, signs) in [(2026, 2026), (2027, 2026), (2028, 2028), (2040, 2028)] {
            assert_eq!(keys.signing_in(year).map(|key| key.year), Some(signs));
        }
        assert_eq!(years(keys.known_in(2027)), [2026, 2028]);
        assert_eq!(years(keys.known_in(2028)), [2028]);
        assert_eq!(years(SigningKeys::development().known_in(2026)), [2026, 2027]);
    }

    #[test]
    fn what_is_no_list_of_keys_is_told() {
        let [one, other] = [(); 2].map(|()| SigningKey::generate(2026).unwrap());
        for list in
            ["", "2026", "2026:", "2026:AAAA", "26:AAAA", "x:AAAA", &format!("{one},{other}"), &format!("{one},")]
        {
            assert_eq!(SigningKeys::parse(list).err(), Some(FORM), "{list}");
        }
        assert!(SigningKey::generate(20_026).is_none());
    }

    #[test]
    fn keys_of_development_are_known_when_given() {
        let seed = STANDARD.encode(of_development(2026).key.to_bytes());
        assert!(SigningKeys::parse(&format!("2026:{seed}")).unwrap().are_public());
        assert!(!given(&[2026]).are_public());
    }
}
