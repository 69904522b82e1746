//! Every query about published keys and status lists.

mod keys;
mod lists;

pub use keys::{Standing, counts, ever_published, publish, published, retire, retire_unneeded};
pub use lists::{newest_list, places};
