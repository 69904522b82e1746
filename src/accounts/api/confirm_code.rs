//! Confirming a one-time code: the moment somebody is signed in.

use leptos::prelude::*;

use crate::access::SignedIn;
use crate::error::AppError;

/// Signs in with a code: a new session every time, the one before it ended.
///
/// # Errors
/// [`crate::error::Problem::CodeWrong`], [`crate::error::Problem::CodeSpent`]; after a right code only,
/// [`crate::error::Problem::AccountFrozen`] and [`crate::error::Problem::AccountMerged`].
#[server(endpoint = "accounts/confirm_code")]
pub async fn confirm_code(attempt: String, code: String) -> Result<SignedIn, AppError> {
    use uuid::Uuid;

    use crate::accounts::session;
    use crate::accounts::store::accounts::{Found, find_or_create, refresh_age};
    use crate::accounts::store::codes::{self, Asked, Asking, Tried};
    use crate::accounts::store::{limits, roles, sessions};
    use crate::error::Problem;
    use crate::text::digits;

    let caller = crate::access::authorise("accounts/confirm_code")?;
    let code = digits(&code).ok_or_else(|| Problem::CodeWrong.on("code"))?;
    if code.is_empty() {
        return Err(Problem::Required.on("code"));
    }
    let Ok(attempt) = attempt.parse::<Uuid>() else { return Err(Problem::CodeSpent.on("code")) };
    let config = &caller.state.config;
    limits::count_try(&mut *caller.connection().await?, &config.keys, caller.address, caller.now).await?;

    let mut tx = caller.begin().await?;
    let tried = codes::try_code(&mut tx, &config.keys, attempt, false, &code, caller.now).await?;
    if let Some(problem) = tried.problem() {
        // The count of a wrong try is what the commit is for.
        tx.commit().await?;
        return Err(problem);
    }
    let Tried::Right(Asking { asked: Asked::SignIn { national_id }, mobile }) = tried else {
        return Err(AppError::Malformed);
    };
    let found = find_or_create(&mut tx, &national_id, &mobile, caller.now).await?;
    let (account, person) = match found {
        Found::Open { account, person } => (account, person),
        closed => {
            tx.commit().await?;
            let merged = matches!(closed, Found::Merged);
            return if merged { Problem::AccountMerged } else { Problem::AccountFrozen }.refused();
        }
    };
    refresh_age(&mut tx, &config.keys, person, caller.now).await?;
    let token = sessions::start(&mut tx, account, caller.now).await?;
    if let Some(before) = &caller.actor {
        sessions::end(&mut tx, before.account, before.session, caller.now).await?;
    }
    crate::messages::store::keep_language(&mut tx, person, caller.locale).await?;
    let roles = roles::of(&mut tx, person).await?;
    tx.commit().await?;
    session::set_cookie(config, &token);
    leptos_axum::redirect(session::landing(&roles));
    Ok(SignedIn { signed_in: true, roles })
}
