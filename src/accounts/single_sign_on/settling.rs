//! What follows from an ID number that the provider answers for.

use crate::access::Actor;
use crate::accounts::model::{NationalId, NationalTurn};
use crate::accounts::session;
use crate::accounts::store::accounts::refresh_age;
use crate::accounts::store::{roles, sealed, sessions, single_sign_on as store};
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::server::database;
use crate::server::state::AppState;
use crate::training::store::identity;

/// How a turn ends for the browser.
pub enum Settled {
    /// With a new session, by this token.
    SignedIn {
        token: String,
        /// Where a sign-in leads them.
        to: &'static str,
    },
    Told(NationalTurn),
}

/// Signs in the verified owner of an ID number, or verifies it for who is signed in.
///
/// Somebody who is not signed in is known by a verified number only. That a number is named in an account says nothing of
/// who opened it: if the provider's word alone verified it, its owner would be let into a stranger's account, and the
/// stranger into theirs.
///
/// # Errors
/// When the database is away.
pub async fn settle(
    state: &AppState,
    actor: Option<&Actor>,
    id: &NationalId,
    locale: Locale,
) -> Result<Settled, AppError> {
    let hash = sealed::national_id(&state.config.keys, id).hash;
    if let Some(actor) = actor {
        let standing = store::standing(&mut *state.pool.acquire().await?, actor.person, &hash).await?;
        if !standing.same_number {
            return Ok(Settled::Told(NationalTurn::Differs));
        }
        if !standing.profile_complete && !standing.verified {
            return Ok(Settled::Told(NationalTurn::ProfileFirst));
        }
        if !standing.verified {
            return verify(state, actor, &hash).await;
        }
    }
    sign_in(state, actor, &hash, locale).await
}

async fn verify(state: &AppState, actor: &Actor, hash: &[u8]) -> Result<Settled, AppError> {
    let mut tx = database::begin_as(&state.pool, Some(actor.person)).await?;
    match identity::confirm_by_single_sign_on(&mut tx, actor.person, hash, state.clock.now()).await {
        // Verified a moment ago by another way is verified all the same.
        Ok(_) => tx.commit().await?,
        Err(AppError::Refused(Problem::AccountFrozen)) => return Ok(Settled::Told(NationalTurn::Frozen)),
        Err(error) => return Err(error),
    }
    Ok(Settled::Told(NationalTurn::Verified))
}

/// In the order of a sign-in with a code: a new session every time, the one before it ended.
async fn sign_in(state: &AppState, actor: Option<&Actor>, hash: &[u8], locale: Locale) -> Result<Settled, AppError> {
    let now = state.clock.now();
    let mut tx = database::begin_as(&state.pool, actor.map(|actor| actor.person)).await?;
    let Some(owner) = store::owner(&mut tx, hash).await? else { return Ok(Settled::Told(NationalTurn::Unknown)) };
    if owner.frozen {
        return Ok(Settled::Told(NationalTurn::Frozen));
    }
    refresh_age(&mut tx, &state.config.keys, owner.person, now).await?;
    let token = sessions::start(&mut tx, owner.account, now).await?;
    let roles = roles::of(&mut tx, owner.person).await?;
    if let Some(before) = actor {
        sessions::end(&mut tx, before.account, before.session, now).await?;
    }
    crate::messages::store::keep_language(&mut tx, owner.person, locale).await?;
    tx.commit().await?;
    Ok(Settled::SignedIn { token, to: session::landing(&roles) })
}
