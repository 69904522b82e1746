//! Proving that events are in the log.

use super::model::{Hash, includes, path};
use super::store::{self, Newest};
use super::{latest, newest, sequence};
use crate::error::AppError;
use crate::server::database::internal;
use crate::server::state::AppState;

/// That events stand in the log as a checkpoint signed it.
pub struct Proof {
    /// By their ids.
    pub events: Vec<Proven>,
    pub checkpoint: Newest,
}

/// That an event's leaf stands in the log.
pub struct Proven {
    /// As [`super::model::Facts::leaf`] writes it.
    pub leaf: String,
    pub position: u64,
    /// The nodes beside its way up to the root, the lowest first.
    pub path: Vec<Hash>,
}

/// Proves that events are in the log, by the newest checkpoint where that covers them and by a new one where not. Of no
/// events there is the checkpoint alone.
///
/// # Errors
/// [`AppError::NotFound`] where there is no such event; an internal one where it is not the event that was logged; when
/// the database is away.
pub async fn prove(state: &AppState, events: &[i64]) -> Result<Proof, AppError> {
    let checkpoint = covering(state, events).await?;
    let mut connection = state.pool.acquire().await?;
    let facts = store::facts(&mut connection, events).await?;
    if facts.len() < events.len() {
        return Err(AppError::NotFound);
    }
    let mut proven = Vec::new();
    for facts in facts {
        let logged = store::leaf_of(&mut connection, facts.event_id).await?;
        let (position, salt) = logged.ok_or_else(|| internal(&"an event without a leaf that waits for none"))?;
        let nodes = path(position, checkpoint.size).ok_or_else(|| internal(&"a checkpoint without the newest leaf"))?;
        let path = store::node_hashes(&mut connection, &nodes, checkpoint.size).await?;
        let leaf = facts.leaf(&salt);
        if !includes(&leaf, position, &path, checkpoint.size, checkpoint.root) {
            return Err(internal(&"an event is not what was logged: rukhsa log verify"));
        }
        proven.push(Proven { leaf, position, path });
    }
    Ok(Proof { events: proven, checkpoint })
}

/// A checkpoint that covers events.
async fn covering(state: &AppState, events: &[i64]) -> Result<Newest, AppError> {
    let checkpoint = newest(state).await?;
    let mut connection = state.pool.acquire().await?;
    let mut covered = true;
    for event in events {
        let leaf = store::leaf_of(&mut connection, *event).await?;
        covered &= leaf.is_some_and(|(position, _)| position < checkpoint.size);
    }
    drop(connection);
    if covered {
        return Ok(checkpoint);
    }
    sequence(state).await?;
    latest(state).await
}
