//! Recovery codes: made, kept, used. The way without JavaScript, and without the device that holds the passkey.

use leptos::prelude::*;

use crate::error::AppError;

/// Makes new recovery codes and shows them. They replace the old ones when one of them is typed, and not before.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`], [`crate::error::Problem::FactorTooLate`].
#[server(endpoint = "second_factor/draft_codes")]
pub async fn draft_codes() -> Result<(), AppError> {
    use crate::second_factor::store::{codes, hold_to_add};

    let caller = crate::access::authorise("second_factor/draft_codes")?;
    let actor = caller.actor()?;
    let mut tx = caller.begin().await?;
    hold_to_add(&mut tx, actor, caller.now).await?;
    codes::draft(&mut tx, &caller.state.config.keys, actor.session, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect("/account/second-factor");
    Ok(())
}

/// Puts the codes that are shown in force, once one of them is typed. This sign-in has then passed the second factor.
///
/// # Errors
/// [`crate::error::Problem::RecoveryCodeWrong`], also when they are shown no longer; as [`draft_codes`].
#[server(endpoint = "second_factor/keep_codes")]
pub async fn keep_codes(#[server(default)] code: String) -> Result<(), AppError> {
    use super::pass;
    use crate::error::Problem;
    use crate::second_factor::model::recovery_code;
    use crate::second_factor::store::{codes, hold_to_add, tell_of_change};

    let caller = crate::access::authorise("second_factor/keep_codes")?;
    let actor = caller.actor()?;
    let keys = &caller.state.config.keys;
    let typed = recovery_code(&code).ok_or_else(|| Problem::RecoveryCodeWrong.on("code"))?;
    let mut tx = caller.begin().await?;
    hold_to_add(&mut tx, actor, caller.now).await?;
    let drafted = codes::drafted(&mut tx, keys, actor.session, caller.now).await?;
    if !drafted.contains(&typed) {
        return Err(Problem::RecoveryCodeWrong.on("code"));
    }
    codes::keep(&mut tx, keys, actor, &drafted, caller.now).await?;
    tell_of_change(&mut tx, keys, actor.person, caller.now).await?;
    pass(&caller, tx, actor).await?;
    leptos_axum::redirect("/account/second-factor?done=codes");
    Ok(())
}

/// Passes the second factor with a recovery code, which is then used up, and leads on to `next`.
///
/// # Errors
/// [`crate::error::Problem::RecoveryCodeWrong`], [`AppError::TooMany`].
#[server(endpoint = "second_factor/use_code")]
pub async fn use_code(#[server(default)] code: String, #[server(default)] next: String) -> Result<(), AppError> {
    use super::{onward, pass};
    use crate::error::Problem;
    use crate::second_factor::model::recovery_code;
    use crate::second_factor::store::codes;

    let caller = crate::access::authorise("second_factor/use_code")?;
    let actor = caller.actor()?;
    let keys = &caller.state.config.keys;
    let typed = recovery_code(&code).ok_or_else(|| Problem::RecoveryCodeWrong.on("code"))?;
    codes::count_try(&mut *caller.connection().await?, keys, actor.person, caller.now).await?;
    let mut tx = caller.begin().await?;
    if !codes::spend(&mut tx, keys, actor.person, &typed, caller.now).await? {
        return Err(Problem::RecoveryCodeWrong.on("code"));
    }
    pass(&caller, tx, actor).await?;
    leptos_axum::redirect(onward(&next));
    Ok(())
}
