//! Proving that an event is in the log.

use super::model::{Hash, includes, path};
use super::store::{self, Newest};
use super::{latest, sequence};
use crate::error::AppError;
use crate::server::database::internal;
use crate::server::state::AppState;

/// That an event's leaf stands in the log as a checkpoint signed it.
pub struct Proof {
    /// As [`super::model::Facts::leaf`] writes it.
    pub leaf: String,
    pub position: u64,
    /// The nodes beside its way up to the root, the lowest first.
    pub path: Vec<Hash>,
    pub checkpoint: Newest,
}

/// Proves that an event is in the log, by the newest checkpoint where that covers it and by a new one where not.
///
/// # Errors
/// [`AppError::NotFound`] where there is no such event; an internal one where it is not the event that was logged; when
/// the database is away.
pub async fn prove(state: &AppState, event: i64) -> Result<Proof, AppError> {
    let checkpoint = covering(state, event).await?;
    let mut connection = state.pool.acquire().await?;
    let facts = store::facts(&mut connection, &[event]).await?.pop().ok_or(AppError::NotFound)?;
    let logged = store::leaf_of(&mut connection, event).await?;
    let (position, salt) = logged.ok_or_else(|| internal(&"an event without a leaf that waits for none"))?;
    let nodes = path(position, checkpoint.size).ok_or_else(|| internal(&"a checkpoint without the newest leaf"))?;
    let path = store::node_hashes(&mut connection, &nodes, checkpoint.size).await?;
    let leaf = facts.leaf(&salt);
    if !includes(&leaf, position, &path, checkpoint.size, checkpoint.root) {
        return Err(internal(&"an event is not what was logged: rukhsa log verify"));
    }
    Ok(Proof { leaf, position, path, checkpoint })
}

/// A checkpoint that covers an event.
async fn covering(state: &AppState, event: i64) -> Result<Newest, AppError> {
    let mut connection = state.pool.acquire().await?;
    let leaf = store::leaf_of(&mut connection, event).await?;
    if let Some(newest) = store::newest(&mut connection).await?
        && leaf.as_ref().is_some_and(|(position, _)| *position < newest.size)
    {
        return Ok(newest);
    }
    drop(connection);
    sequence(state).await?;
    latest(state).await
}
