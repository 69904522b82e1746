//! Declining a sheet.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Declines a sheet of another officer: nothing comes of it, and its person is told. Leads back to
/// the page of the list that it stood on, as its URL spells it.
///
/// # Errors
/// As [`crate::papers::store::deciding::decline`].
#[server(endpoint = "papers/decline")]
pub async fn decline(
    sheet: Uuid,
    #[server(default)] kind: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    use crate::papers::model::Asked;
    use crate::papers::store::deciding;

    let caller = crate::access::authorise("papers/decline")?;
    let mut tx = caller.begin().await?;
    deciding::decline(&mut tx, &caller.state.config, caller.person()?, sheet, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&Asked::parse(&kind, &order, &after).told("declined"));
    Ok(())
}
