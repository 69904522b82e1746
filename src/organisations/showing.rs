//! A secret on its way to whoever made it.

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::store::secrets;
use crate::access::Caller;
use crate::error::AppError;

/// Keeps the secret of a new key or endpoint to be shown, ends the transaction that made it, and leads to its page.
///
/// # Errors
/// When the database is away.
pub async fn show(
    caller: &Caller,
    mut tx: Transaction<'static, Postgres>,
    (subject, secret): (Uuid, &str),
    page: &str,
) -> Result<(), AppError> {
    let session = caller.actor()?.session;
    secrets::keep(&mut tx, &caller.state.config.keys, session, subject, secret, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(page);
    Ok(())
}
