//! Taking, waiting for and giving back a seat: one's own only.

use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Enrols the caller, or puts them on the waiting list.
///
/// # Errors
/// As [`crate::training::store::seats::enrol`].
#[server(endpoint = "training/enrol")]
pub async fn enrol(session: Uuid) -> Result<(), AppError> {
    use crate::training::store::seats;

    let caller = crate::access::authorise("training/enrol")?;
    let person = caller.person()?;
    let mut tx = caller.begin().await?;
    seats::enrol(&mut tx, &caller.state.config, session, person, caller.now).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives up the caller's seat, offer or place on the waiting list.
///
/// # Errors
/// As [`crate::training::store::seats::cancel`].
#[server(endpoint = "training/cancel")]
pub async fn cancel(enrolment: Uuid) -> Result<(), AppError> {
    use crate::training::store::seats;

    let caller = crate::access::authorise("training/cancel")?;
    let person = caller.person()?;
    let mut tx = caller.begin().await?;
    seats::cancel(&mut tx, &caller.state.config, enrolment, person, caller.now).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the seat offered to the caller.
///
/// # Errors
/// As [`crate::training::store::seats::accept_offer`].
#[server(endpoint = "training/accept_offer")]
pub async fn accept_offer(enrolment: Uuid) -> Result<(), AppError> {
    use crate::training::store::seats;

    let caller = crate::access::authorise("training/accept_offer")?;
    let person = caller.person()?;
    let mut tx = caller.begin().await?;
    seats::accept_offer(&mut tx, enrolment, person, caller.now).await?;
    tx.commit().await?;
    Ok(())
}
