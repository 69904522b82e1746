//! Giving events their leaves.

use super::model::leaf_hash;
use super::store::{self, NewLeaf};
use crate::error::AppError;
use crate::server::database::{self, internal};
use crate::server::keys::random_bytes;
use crate::server::state::AppState;

/// Leaves a transaction at most.
const BATCH: i64 = 2000;

/// Gives every event that waits its leaf, in turns with whoever else does; how many got theirs here. It may be killed at
/// any point and run anew, or twice at once.
///
/// # Errors
/// When the database is away.
pub async fn sequence(state: &AppState) -> Result<usize, AppError> {
    let mut sequenced = 0;
    loop {
        let mut tx = database::begin_as(&state.pool, None).await?;
        store::take_turn(&mut tx).await?;
        // After the turn has come, so that what another sequenced before is seen.
        let waiting = store::waiting(&mut tx, BATCH).await?;
        let facts = store::facts(&mut tx, &waiting).await?;
        if facts.len() < waiting.len() {
            return Err(internal(&"an event that waits for its leaf is not there"));
        }
        let leaves: Vec<NewLeaf> = facts
            .iter()
            .map(|facts| {
                let salt = random_bytes();
                NewLeaf { event_id: facts.event_id, salt, hash: leaf_hash(facts.leaf(&salt)) }
            })
            .collect();
        if leaves.is_empty() {
            return Ok(sequenced);
        }
        let size = store::size(&mut tx).await?;
        store::add_leaves(&mut tx, size, &leaves).await?;
        tx.commit().await?;
        sequenced += leaves.len();
    }
}
