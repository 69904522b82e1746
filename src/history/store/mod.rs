//! Every query about the log.

mod auditing;
mod checkpoints;
mod facts;
mod leaves;

pub use auditing::{
    StoredLeaf, StoredNote, beyond, events_after, leaves_from, nodes_between, notes_between, states_after,
};
pub use checkpoints::{Newest, add_checkpoint, holds, newest, now_stands};
pub use facts::facts;
pub use leaves::{NewLeaf, add_leaves, leaf_of, node_hashes, size, take_turn, waiting};

use crate::error::AppError;
use crate::history::model::Hash;
use crate::server::database::internal;

/// Bytes of the database as a hash.
fn hash(bytes: Vec<u8>) -> Result<Hash, AppError> {
    bytes.try_into().map_err(|_| internal(&"a hash of another length"))
}
