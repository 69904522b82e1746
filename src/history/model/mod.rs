//! Leaves, the tree and signed checkpoints: pure.

mod leaf;
mod note;
#[cfg(test)]
mod tests;
mod tree;

pub use leaf::{Facts, Licence, Shown};
pub use note::{Checkpoint, NoteRefusal, log_name};
#[cfg(test)]
pub use tests::{path_by_definition, root_by_definition};
pub use tree::{Completed, Hash, Tree, includes, leaf_hash, path};
