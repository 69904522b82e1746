//! By what a receiver knows that a delivery is from here, is whole and is not an old one: Standard Webhooks, version `v1`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::KeyInit;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::server::keys::random_bytes;

/// What a secret begins with.
pub const PREFIX: &str = "whsec_";
/// Bytes of a block of SHA-256: a key filled up to it with zeros signs as it is.
const BLOCK: usize = 64;

/// A new secret of 256 random bits, as its receiver is to keep it.
pub fn new_secret() -> String {
    format!("{PREFIX}{}", STANDARD.encode(random_bytes::<32>()))
}

/// The value of `webhook-signature` for a delivery: a signature by each of the secrets, in their order, by spaces. Its receiver
/// is content with any that fits. `None` where one is no secret.
pub fn signatures(secrets: &[String], id: &str, second: i64, body: &str) -> Option<String> {
    let each = secrets.iter().map(|secret| sign(secret, id, second, body));
    Some(each.collect::<Option<Vec<_>>>()?.join(" "))
}

/// HMAC-SHA256 over a delivery's id, the second it is sent in and its body. `None` for what is no secret.
fn sign(secret: &str, id: &str, second: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    let mut block = [0; BLOCK];
    block.get_mut(..key.len())?.copy_from_slice(&key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(format!("{id}.{second}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_signs_as_the_standards_own_example() {
        let signature = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signature.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn each_secret_signs_in_its_order() {
        let [new, old] = [new_secret(), new_secret()];
        let both = signatures(&[new.clone(), old.clone()], "a", 0, "{}").unwrap();
        let each: Vec<&str> = both.split(' ').collect();
        assert_eq!(each, [sign(&new, "a", 0, "{}").unwrap(), sign(&old, "a", 0, "{}").unwrap()]);
        assert!(signatures(&[new, "whsec_?".to_owned()], "a", 0, "{}").is_none());
    }

    #[test]
    fn what_is_no_secret_signs_nothing() {
        assert!(sign("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "a", 0, "").is_none());
        assert!(sign("whsec_?", "a", 0, "").is_none());
        assert!(sign(&new_secret(), "a", 0, "").is_some());
        assert_ne!(new_secret(), new_secret());
    }
}
