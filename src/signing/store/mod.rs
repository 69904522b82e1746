//! Every query about published keys and status lists.

mod keys;
mod lists;

pub use keys::{Standing, publish, published, retire, retire_unneeded};
pub use lists::{newest_list, places};
