//! What a phone needs to check a signed code by itself.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::signing::model::Jwks;

/// What is pinned in the scanning page as it is kept on a phone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScanKit {
    /// The origin of this portal, such as `https://rukhsa.example`: codes of any other are foreign.
    pub origin: String,
    /// The register's keys.
    pub keys: Jwks,
}

/// The register's origin and keys, now.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "verification/scan_kit", input = GetUrl)]
pub async fn scan_kit() -> Result<ScanKit, AppError> {
    let caller = crate::access::authorise("verification/scan_kit")?;
    let mut connection = caller.reader().await?;
    let keys = crate::signing::store::published(&mut connection, caller.now).await?;
    Ok(ScanKit { origin: caller.state.config.origin.clone(), keys })
}
