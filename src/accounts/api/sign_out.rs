//! Signing out.

use leptos::prelude::*;

use crate::error::AppError;

/// Ends this session and clears its cookie.
///
/// # Errors
/// When the database is away: then the session is still open.
#[server(endpoint = "accounts/sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::accounts::session;
    use crate::accounts::store::sessions;

    let caller = crate::access::authorise("accounts/sign_out")?;
    let actor = caller.actor()?;
    let mut tx = caller.begin().await?;
    sessions::end(&mut tx, actor.account, actor.session, caller.now).await?;
    tx.commit().await?;
    session::clear_cookie(&caller.state.config);
    leptos_axum::redirect("/");
    Ok(())
}
