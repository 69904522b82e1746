//! Passkeys: each is made and used in two calls, the challenge and its answer, both as the JSON of W3C Web
//! Authentication Level 3 (`PublicKeyCredentialCreationOptionsJSON` and its kin).

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// A challenge to make a passkey.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`], [`crate::error::Problem::FactorTooLate`].
#[server(endpoint = "second_factor/begin_passkey")]
pub async fn begin_passkey() -> Result<String, AppError> {
    use crate::accounts::store::profiles;
    use crate::second_factor::passkey;
    use crate::second_factor::store::hold_to_add;
    use crate::second_factor::store::passkeys::{Purpose, begin, credentials};
    use crate::server::database::internal;

    let caller = crate::access::authorise("second_factor/begin_passkey")?;
    let actor = caller.actor()?;
    let mut tx = caller.begin().await?;
    hold_to_add(&mut tx, actor, caller.now).await?;
    let known = credentials(&mut tx, actor.person).await?;
    let profile = profiles::get(&mut tx, actor.person).await?;
    let name = [profile.given_name, profile.family_name].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let (challenge, state) = passkey::begin_adding(&caller.state.config, actor.person, &name, &known)?;
    begin(&mut tx, actor.session, Purpose::Add, &state, caller.now).await?;
    tx.commit().await?;
    serde_json::to_string(&challenge.public_key).map_err(|error| internal(&error))
}

/// Adds the passkey that a device made. This sign-in has then passed the second factor.
///
/// # Errors
/// [`crate::error::Problem::PasskeyRefused`]; as [`begin_passkey`].
#[server(endpoint = "second_factor/add_passkey")]
pub async fn add_passkey(credential: String) -> Result<(), AppError> {
    use super::pass;
    use crate::second_factor::passkey;
    use crate::second_factor::store::passkeys::{Purpose, add, take};
    use crate::second_factor::store::{hold_to_add, tell_of_change};

    let caller = crate::access::authorise("second_factor/add_passkey")?;
    let actor = caller.actor()?;
    let state = take(&mut *caller.connection().await?, actor.session, Purpose::Add, caller.now).await?;
    let passkey = passkey::finish_adding(&caller.state.config, &credential, &state)?;
    let mut tx = caller.begin().await?;
    hold_to_add(&mut tx, actor, caller.now).await?;
    add(&mut tx, actor.person, &passkey, caller.now).await?;
    tell_of_change(&mut tx, &caller.state.config.keys, actor.person, caller.now).await?;
    pass(&caller, tx, actor).await?;
    leptos_axum::redirect("/account/second-factor?done=passkey");
    Ok(())
}

/// A challenge to use a passkey.
///
/// # Errors
/// [`crate::error::Problem::PasskeyRefused`] for who has none.
#[server(endpoint = "second_factor/ask_passkey")]
pub async fn ask_passkey() -> Result<String, AppError> {
    use crate::second_factor::passkey;
    use crate::second_factor::store::passkeys::{Purpose, begin, credentials};
    use crate::server::database::internal;

    let caller = crate::access::authorise("second_factor/ask_passkey")?;
    let actor = caller.actor()?;
    let mut connection = caller.connection().await?;
    let passkeys = credentials(&mut connection, actor.person).await?;
    let (challenge, state) = passkey::begin_using(&caller.state.config, &passkeys)?;
    begin(&mut connection, actor.session, Purpose::Use, &state, caller.now).await?;
    serde_json::to_string(&challenge.public_key).map_err(|error| internal(&error))
}

/// Passes the second factor with a passkey, and leads on to `next`.
///
/// # Errors
/// [`crate::error::Problem::PasskeyRefused`]
#[server(endpoint = "second_factor/use_passkey")]
pub async fn use_passkey(credential: String, #[server(default)] next: String) -> Result<(), AppError> {
    use super::{onward, pass};
    use crate::second_factor::passkey;
    use crate::second_factor::store::passkeys::{Purpose, note_use, take};

    let caller = crate::access::authorise("second_factor/use_passkey")?;
    let actor = caller.actor()?;
    let state = take(&mut *caller.connection().await?, actor.session, Purpose::Use, caller.now).await?;
    let used = passkey::finish_using(&caller.state.config, &credential, &state)?;
    let mut tx = caller.begin().await?;
    note_use(&mut tx, actor.person, &used, caller.now).await?;
    pass(&caller, tx, actor).await?;
    leptos_axum::redirect(onward(&next));
    Ok(())
}

/// Removes a passkey of who asks; never their last factor.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`], [`AppError::NotFound`], [`crate::error::Problem::LastFactor`].
#[server(endpoint = "second_factor/remove_passkey")]
pub async fn remove_passkey(passkey: Uuid) -> Result<(), AppError> {
    use crate::second_factor::store::{passkeys, tell_of_change};

    let caller = crate::access::authorise("second_factor/remove_passkey")?;
    let actor = caller.actor()?;
    let mut tx = caller.begin().await?;
    passkeys::remove(&mut tx, actor, passkey, caller.now).await?;
    tell_of_change(&mut tx, &caller.state.config.keys, actor.person, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect("/account/second-factor?done=removed");
    Ok(())
}
