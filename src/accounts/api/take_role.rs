//! Taking a role from a link that an administrator was given.

use leptos::prelude::*;

use crate::access::SignedIn;
use crate::error::AppError;

/// Uses a link up: its role goes to the person who asks.
///
/// # Errors
/// [`crate::error::Problem::LinkSpent`] when it was used, has expired or never was.
#[server(endpoint = "accounts/take_role")]
pub async fn take_role(token: String) -> Result<SignedIn, AppError> {
    use crate::accounts::store::roles;
    use crate::error::Problem;

    let caller = crate::access::authorise("accounts/take_role")?;
    let person = caller.person()?;
    let mut tx = caller.begin().await?;
    if roles::take_link(&mut tx, &token, person, caller.now).await?.is_none() {
        return Problem::LinkSpent.refused();
    }
    let roles = roles::of(&mut tx, person).await?;
    tx.commit().await?;
    leptos_axum::redirect("/account/second-factor");
    Ok(SignedIn { signed_in: true, roles })
}
