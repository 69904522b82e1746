//! What every server function of the test does first: find the caller's own enrolment or licence, and end what is out of time.

use sqlx::Postgres;
use sqlx::pool::PoolConnection;
use uuid::Uuid;

use super::store::closing;
use super::store::held::{self, Held};
use crate::access::Caller;
use crate::error::AppError;
use crate::server::database;

/// The caller's enrolment, or the licence they renew, and a connection to go on with: for a transaction too. Who holds one
/// connection and waits for a second can wait for ever, where everybody does.
///
/// Attempts of the caller whose time is over are closed on the way, reading or not: time ended them, not this request,
/// so that another site which makes the browser send it changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] for what is neither an enrolment nor a licence of the caller's.
pub async fn own_test(caller: &Caller, enrolment: &str) -> Result<(Held, PoolConnection<Postgres>), AppError> {
    let person = caller.person()?;
    let id = Uuid::parse_str(enrolment).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let found = held::held(&mut connection, id, person, caller.now).await?;
    let overdue = closing::overdue(&mut connection, Some(person), caller.now).await?;
    if overdue.is_empty() {
        return Ok((found, connection));
    }
    let mut tx = database::begin_on(&mut connection, Some(person)).await?;
    for attempt in overdue {
        closing::close(&mut tx, attempt, caller.now).await?;
    }
    tx.commit().await?;
    let found = held::held(&mut connection, id, person, caller.now).await?;
    Ok((found, connection))
}

/// A number in a path or a form. What is none names nothing.
///
/// # Errors
/// [`AppError::NotFound`]
pub fn number(typed: &str) -> Result<i16, AppError> {
    typed.parse().map_err(|_| AppError::NotFound)
}
