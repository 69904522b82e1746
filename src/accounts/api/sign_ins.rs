//! One's own sign-ins: seen and ended.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::accounts::model::views::SignIn;
use crate::error::AppError;

/// The live sessions of the account that asks.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "accounts/sign_ins", input = GetUrl)]
pub async fn sign_ins() -> Result<Vec<SignIn>, AppError> {
    use crate::accounts::store::sessions;

    let caller = crate::access::authorise("accounts/sign_ins")?;
    let actor = caller.actor()?;
    let listed = sessions::list(&mut *caller.connection().await?, actor.account, caller.now).await?;
    Ok(listed
        .into_iter()
        .map(|one| SignIn {
            session: one.id,
            started_at: one.created_at,
            last_seen_at: one.last_seen_at,
            this_one: one.id == actor.session,
        })
        .collect())
}

/// Ends one session of the account that asks; its own too.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs or was ended before.
#[server(endpoint = "accounts/end_sign_in")]
pub async fn end_sign_in(session: String) -> Result<(), AppError> {
    use uuid::Uuid;

    use crate::accounts::session::clear_cookie;
    use crate::accounts::store::sessions;

    let caller = crate::access::authorise("accounts/end_sign_in")?;
    let actor = caller.actor()?;
    let session: Uuid = session.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    if !sessions::end(&mut tx, actor.account, session, caller.now).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    if session == actor.session {
        clear_cookie(&caller.state.config);
        leptos_axum::redirect("/");
    }
    Ok(())
}
