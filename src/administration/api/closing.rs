//! Closing one's own account.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::administration::model::Blocker;
use crate::error::AppError;

/// What the caller must end before their account can be closed.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "administration/closing", input = GetUrl)]
pub async fn closing() -> Result<Vec<Blocker>, AppError> {
    let caller = crate::access::authorise("administration/closing")?;
    let mut connection = caller.connection().await?;
    crate::administration::store::closing::blockers(&mut connection, caller.person()?, caller.now).await
}

/// Closes the caller's account for good, signs out, and says so.
///
/// # Errors
/// Invalid without the tick; the problem of what is still open.
#[server(endpoint = "administration/close_account")]
pub async fn close_account(#[server(default)] understood: String) -> Result<(), AppError> {
    use crate::accounts::session::clear_cookie;
    use crate::administration::store::closing;
    use crate::error::Problem;

    let caller = crate::access::authorise("administration/close_account")?;
    if understood != "true" {
        return Err(Problem::DeclarationNeeded.on("understood"));
    }
    let keys = &caller.state.config.keys;
    let mut tx = caller.begin().await?;
    closing::close(&mut tx, keys, caller.person()?, caller.now).await?;
    tx.commit().await?;
    clear_cookie(&caller.state.config);
    leptos_axum::redirect("/account-closed");
    Ok(())
}
