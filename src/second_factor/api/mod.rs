//! Server functions of the second factor. Each keeps to the factors of who asks.

pub mod codes;
pub mod passkeys;
pub mod standing;

#[cfg(feature = "ssr")]
use crate::access::{Actor, Caller};
#[cfg(feature = "ssr")]
use crate::error::AppError;

/// Where the page of the second factor leads when it was passed: back to what asked for it, or to itself.
#[cfg(feature = "ssr")]
fn onward(next: &str) -> &str {
    crate::text::local_path(next).unwrap_or("/account/second-factor?done=passed")
}

/// Commits what proves the second factor together with the sign-in that has passed it, and tells the browser its token.
#[cfg(feature = "ssr")]
async fn pass(
    caller: &Caller,
    mut tx: sqlx::Transaction<'static, sqlx::Postgres>,
    actor: &Actor,
) -> Result<(), AppError> {
    use crate::accounts::session::set_cookie;
    use crate::accounts::store::sessions;

    let token = sessions::pass_second_factor(&mut tx, actor.session, caller.now).await?;
    tx.commit().await?;
    set_cookie(&caller.state.config, &token);
    Ok(())
}
