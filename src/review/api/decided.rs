//! A decision just made: what it was, and taking it back in time.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::review::model::{Outcome, Standing};

/// A decision of the reviewer who asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecidedView {
    /// Number of the request.
    pub number: String,
    pub kind: LicenceKind,
    pub outcome: Outcome,
    pub standing: Standing,
    pub effective_at: OffsetDateTime,
    /// Until it takes effect; 0 once it has.
    pub milliseconds_left: u32,
}

/// # Errors
/// [`AppError::NotFound`] for an unknown decision and another reviewer's alike.
#[server(endpoint = "review/decided", input = GetUrl)]
pub async fn decided(decision: String) -> Result<DecidedView, AppError> {
    let caller = crate::access::authorise("review/decided")?;
    let id = uuid::Uuid::parse_str(&decision).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let made = crate::review::store::decision(&mut connection, caller.person()?, id, caller.now).await?;
    let left = (made.effective_at - caller.now).whole_milliseconds();
    Ok(DecidedView {
        number: made.number,
        kind: made.kind,
        outcome: made.outcome,
        standing: made.standing,
        effective_at: made.effective_at,
        milliseconds_left: u32::try_from(left.max(0)).unwrap_or_default(),
    })
}

/// Takes a decision back and leads to its request, which is the reviewer's again.
///
/// # Errors
/// [`AppError::NotFound`], or [`crate::error::Problem::TooLateToUndo`] after ten seconds.
#[server(endpoint = "review/undo")]
pub async fn undo(decision: String, #[server(default)] pool: String) -> Result<(), AppError> {
    use crate::review::model::Pool;

    let caller = crate::access::authorise("review/undo")?;
    let id = uuid::Uuid::parse_str(&decision).map_err(|_| AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    let number = crate::review::store::undo(&mut tx, caller.person()?, id, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&Pool::from_query(&pool).on(&format!("/review/{number}")));
    Ok(())
}
