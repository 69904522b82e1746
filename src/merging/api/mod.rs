//! What an administrator does with pairs of records. A file for each thing done.

mod dismiss;
mod merge;
mod pair;
mod pairs;

pub use dismiss::{Dismiss, dismiss};
pub use merge::{Merge, merge};
pub use pair::pair;
pub use pairs::pairs;
