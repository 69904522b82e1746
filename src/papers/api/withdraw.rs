//! Taking a sheet back.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Takes back a sheet that the caller recorded and that waits, so that it can be recorded anew.
///
/// # Errors
/// As [`crate::papers::store::deciding::withdraw`].
#[server(endpoint = "papers/withdraw")]
pub async fn withdraw(session: Uuid, sheet: Uuid) -> Result<(), AppError> {
    use crate::papers::model::results_path;
    use crate::papers::store::deciding;

    let caller = crate::access::authorise("papers/withdraw")?;
    let mut tx = caller.begin().await?;
    deciding::withdraw(&mut tx, caller.person()?, sheet, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("{}?done=withdrawn", results_path(&session.to_string())));
    Ok(())
}
