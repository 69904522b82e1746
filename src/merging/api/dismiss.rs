//! Telling two people apart.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Says that a pair is two people, and leads back to what waits. It does not come back.
///
/// # Errors
/// Invalid without what shows it; otherwise as [`crate::merging::store::settling::dismiss`].
#[server(endpoint = "merging/dismiss")]
pub async fn dismiss(pair: Uuid, #[server(default)] difference: String) -> Result<(), AppError> {
    use crate::error::Problem;
    use crate::merging::model::Difference;
    use crate::merging::store::settling;

    let caller = crate::access::authorise("merging/dismiss")?;
    let why = Difference::from_code(&difference).ok_or_else(|| Problem::ChoiceUnknown.on("difference"))?;
    let mut tx = caller.begin().await?;
    settling::dismiss(&mut tx, pair, caller.person()?, why, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/duplicates/{pair}"));
    Ok(())
}
