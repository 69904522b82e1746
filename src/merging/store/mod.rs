//! Every query about pairs of records, and of the merge.

pub mod likenesses;
pub mod pairs;
pub mod settling;

use crate::error::AppError;
use crate::server::database::internal;

/// A code that the database spells and nothing here reads is a fault of ours.
fn known<T>(read: Option<T>) -> Result<T, AppError> {
    read.ok_or_else(|| internal(&"unknown code of a pair"))
}
