//! Declining a sheet.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Declines a sheet of another officer: nothing comes of it, and its person is told.
///
/// # Errors
/// As [`crate::papers::store::deciding::decline`].
#[server(endpoint = "papers/decline")]
pub async fn decline(sheet: Uuid) -> Result<(), AppError> {
    use crate::papers::store::deciding;

    let caller = crate::access::authorise("papers/decline")?;
    let mut tx = caller.begin().await?;
    deciding::decline(&mut tx, &caller.state.config, caller.person()?, sheet, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect("/admin/results?done=declined");
    Ok(())
}
