//! Confirming a sheet.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Confirms a sheet of another officer: it counts as an attempt at once, and its person is told.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`] unless it was passed a moment ago; otherwise as
/// [`crate::papers::store::deciding::confirm`].
#[server(endpoint = "papers/confirm")]
pub async fn confirm(sheet: Uuid) -> Result<(), AppError> {
    use crate::papers::store::deciding;

    let caller = crate::access::authorise("papers/confirm")?;
    caller.require_fresh()?;
    let mut tx = caller.begin().await?;
    deciding::confirm(&mut tx, &caller.state.config, caller.person()?, sheet, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect("/admin/results?done=confirmed");
    Ok(())
}
