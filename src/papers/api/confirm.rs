//! Confirming a sheet.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Confirms a sheet of another officer: it counts as an attempt at once, and its person is told. Leads back to
/// the page of the list that it stood on, as its URL spells it.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`] unless it was passed a moment ago; otherwise as
/// [`crate::papers::store::deciding::confirm`].
#[server(endpoint = "papers/confirm")]
pub async fn confirm(
    sheet: Uuid,
    #[server(default)] kind: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    use crate::papers::model::Asked;
    use crate::papers::store::deciding;

    let caller = crate::access::authorise("papers/confirm")?;
    caller.require_fresh()?;
    let mut tx = caller.begin().await?;
    deciding::confirm(&mut tx, &caller.state.config, caller.person()?, sheet, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&Asked::parse(&kind, &order, &after).told("confirmed"));
    Ok(())
}
