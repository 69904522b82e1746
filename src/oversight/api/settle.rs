//! Settling a proposal: another officer approves or refuses it, its own withdraws it.

use leptos::prelude::*;

use crate::error::AppError;

/// Approves a proposal of another officer: it takes effect at once, and the holder is told.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`], [`AppError::NotFound`], [`crate::error::Problem::NoLongerPossible`],
/// [`crate::error::Problem::SecondOfficerNeeded`], [`crate::error::Problem::TiedToPerson`].
#[server(endpoint = "oversight/approve")]
pub async fn approve(proposal: String) -> Result<(), AppError> {
    use crate::oversight::effect;
    use crate::oversight::model::Act;

    let caller = crate::access::authorise("oversight/approve")?;
    caller.require_fresh()?;
    let id = uuid::Uuid::parse_str(&proposal).map_err(|_| AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    let taken = effect::approve(&mut tx, &caller.state.config.keys, caller.person()?, id, caller.now).await?;
    tx.commit().await?;
    if let Some(first) = taken.first() {
        let done = if first.act == Act::Restore { "restored" } else { "revoked" };
        leptos_axum::redirect(&format!("/oversight/{}?done={done}", first.number.digits()));
    }
    Ok(())
}

/// Refuses a proposal of another officer, with the reason for them to read.
///
/// # Errors
/// As [`approve`], and what is wrong with the text.
#[server(endpoint = "oversight/refuse")]
pub async fn refuse(proposal: String, #[server(default)] text: String) -> Result<(), AppError> {
    use crate::oversight::model::LONGEST_TEXT;
    use crate::oversight::store;

    let caller = crate::access::authorise("oversight/refuse")?;
    let id = uuid::Uuid::parse_str(&proposal).map_err(|_| AppError::NotFound)?;
    let text = crate::text::paragraph(&text, LONGEST_TEXT).map_err(|problem| problem.on("text"))?;
    let mut tx = caller.begin().await?;
    let number = store::refuse(&mut tx, caller.person()?, id, &text, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/oversight/{number}?done=refused"));
    Ok(())
}

/// Takes one's own proposal back.
///
/// # Errors
/// [`AppError::NotFound`] for another officer's too, [`crate::error::Problem::NoLongerPossible`].
#[server(endpoint = "oversight/withdraw")]
pub async fn withdraw(proposal: String) -> Result<(), AppError> {
    use crate::oversight::store;

    let caller = crate::access::authorise("oversight/withdraw")?;
    let id = uuid::Uuid::parse_str(&proposal).map_err(|_| AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    let number = store::withdraw(&mut tx, caller.person()?, id, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/oversight/{number}?done=withdrawn"));
    Ok(())
}
