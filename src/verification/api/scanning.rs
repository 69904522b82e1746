//! What a phone needs to check a signed code by itself.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::licences::model::LicenceNumber;
use crate::signing::model::{Claims, Jwks, Refusal, issuer_of, verify};

/// What is pinned in the scanning page as it is kept on a phone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pinned {
    /// The origin of this portal, such as `https://rukhsa.example`: codes of any other are foreign.
    pub origin: String,
    /// The register's keys.
    pub keys: Jwks,
}

impl Pinned {
    /// What a token says that the register signed for this number.
    ///
    /// # Errors
    /// What is wrong with it: [`Refusal::Contents`] also where it is another licence's or another register's.
    pub fn signed(&self, number: &LicenceNumber, token: &str) -> Result<Claims, Refusal> {
        let claims = verify(token, &self.keys.public_keys())?;
        let own = claims.issuer == issuer_of(&self.origin);
        if own && claims.number == *number { Ok(claims) } else { Err(Refusal::Contents) }
    }
}

/// The register's origin and keys, now.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "verification/scan_kit", input = GetUrl)]
pub async fn scan_kit() -> Result<Pinned, AppError> {
    let caller = crate::access::authorise("verification/scan_kit")?;
    let mut connection = caller.reader().await?;
    let keys = Jwks { keys: crate::signing::store::published(&mut connection).await? };
    Ok(Pinned { origin: caller.state.config.origin.clone(), keys })
}
