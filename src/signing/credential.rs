//! Credentials about people (W3C Securing Verifiable Credentials using JOSE and COSE).

use serde::Serialize;

use super::jws::{compact, json};
use super::model::{ALGORITHM, Jwk};
use crate::server::signing_keys::SigningKey;

/// The header of a credential. That it has a `cty` sets it apart from a status list.
#[derive(Serialize)]
struct CredentialHeader {
    alg: &'static str,
    /// The key's id among those that are published.
    kid: String,
    typ: &'static str,
    cty: &'static str,
    /// The key itself, for who asks no address: whether it is the register's, the published ones tell.
    jwk: Jwk,
}

/// A credential, signed.
pub fn signed_credential(key: &SigningKey, credential: &impl Serialize) -> String {
    let jwk = Jwk::new(key.id(), &key.public());
    let header = CredentialHeader { alg: ALGORITHM, kid: key.id(), typ: "vc+jwt", cty: "vc", jwk };
    compact(key, &json(&header), &json(credential))
}
