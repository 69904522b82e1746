//! What a credential is worth: signed with a published key, as nothing else that the register signs, and not a bit of it
//! to be changed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};

use super::{downloaded, holder, part, start};
use crate::signing::model::{StatusList, verify};
use crate::signing::tests::trusted;
use crate::testing::TestApp;

async fn published(app: &TestApp) -> Value {
    crate::signing::publish(&app.state).await.unwrap();
    serde_json::from_str(&app.get("/.well-known/jwks.json", None).await.1).unwrap()
}

/// Whether one of the published keys signed it: the one that its header names.
fn counts(credential: &[u8], keys: &Value) -> bool {
    let checked = || {
        let (message, signature) = std::str::from_utf8(credential).ok()?.rsplit_once('.')?;
        let (header, _) = message.split_once('.')?;
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        let key = keys["keys"].as_array()?.iter().find(|key| key["kid"] == header["kid"])?;
        let public = URL_SAFE_NO_PAD.decode(key["x"].as_str()?).ok()?;
        let key = VerifyingKey::from_bytes(&public.try_into().ok()?).ok()?;
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        key.verify_strict(message.as_bytes(), &signature).ok()
    };
    checked().is_some()
}

#[tokio::test]
async fn a_credential_is_signed_with_a_published_key_and_every_character_of_it_counts() {
    let app = start().await;
    let keys = published(&app).await;
    let (person, number) = holder(&app).await;
    let credential = downloaded(&app, person, &number).await;
    let header = part(&credential, 0);
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap();
    assert_eq!(header, json!({ "alg": "EdDSA", "kid": key["kid"], "typ": "vc+jwt", "cty": "vc", "jwk": key }));
    assert!(counts(credential.as_bytes(), &keys));
    // Every seventh bit: one or two of each character. Every single one is flipped for the libraries of others.
    for bit in (0..credential.len() * 8).step_by(7) {
        let mut flipped = credential.clone().into_bytes();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(!counts(&flipped, &keys), "bit {bit}");
    }
}

#[tokio::test]
async fn a_credential_is_neither_a_token_nor_a_status_list() {
    let app = start().await;
    let keys = trusted(&app).await;
    let (person, number) = holder(&app).await;
    let credential = downloaded(&app, person, &number).await;
    assert!(verify(&credential, &keys).is_err());
    assert!(StatusList::verify(&credential, &keys).is_err());
    let list = app.get("/status/revocation/1", None).await.1;
    assert!(StatusList::verify(&list, &keys).is_ok());
    assert!(part(&list, 0).get("cty").is_none());
}
