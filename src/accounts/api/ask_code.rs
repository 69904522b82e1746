//! Asking for a one-time code. The answer and the work are the same for a known and an unknown ID: neither is looked up.

use leptos::prelude::*;

use crate::error::AppError;

/// Texts a code to a mobile and leads to the page that takes it.
///
/// # Errors
/// What is wrong with either number; too many codes asked for.
#[server(endpoint = "accounts/ask_code")]
pub async fn ask_code(national_id: String, mobile: String) -> Result<(), AppError> {
    use crate::accounts::model::{Mobile, NationalId};
    use crate::accounts::store::codes::{Asked, Asking};
    use crate::accounts::store::sealed;
    use crate::error::Fields;

    let caller = crate::access::authorise("accounts/ask_code")?;
    let mut fields = Fields::default();
    let national_id = fields.take("national_id", NationalId::parse(&national_id));
    let mobile = fields.take("mobile", Mobile::parse(&mobile));
    fields.finish()?;
    let (Some(national_id), Some(mobile)) = (national_id, mobile) else { return Err(AppError::Malformed) };
    let keys = &caller.state.config.keys;
    let asking = Asking {
        asked: Asked::SignIn { national_id: sealed::national_id(keys, &national_id) },
        mobile: sealed::mobile(keys, &mobile),
    };
    let attempt = crate::accounts::sending::send(&caller, &asking).await?;
    leptos_axum::redirect(&format!("/sign-in/code/{attempt}"));
    Ok(())
}

/// Texts a new code on the word of an earlier asking: to who signs in, or to a guardian.
///
/// # Errors
/// [`crate::error::Problem::CodeSpent`] when the asking is unknown, answered or too old; too many codes asked for.
#[server(endpoint = "accounts/ask_again")]
pub async fn ask_again(attempt: String) -> Result<(), AppError> {
    use uuid::Uuid;

    use crate::accounts::store::codes::{self, Asked};
    use crate::error::Problem;

    let caller = crate::access::authorise("accounts/ask_again")?;
    let Ok(attempt) = attempt.parse::<Uuid>() else { return Problem::CodeSpent.refused() };
    let asking = codes::renewable(&mut *caller.connection().await?, attempt, caller.now).await?;
    let Some(asking) = asking else { return Problem::CodeSpent.refused() };
    let page = match asking.asked {
        Asked::SignIn { .. } => "/sign-in/code",
        Asked::Guardian { .. } => "/guardian",
    };
    let attempt = crate::accounts::sending::send(&caller, &asking).await?;
    leptos_axum::redirect(&format!("{page}/{attempt}"));
    Ok(())
}
