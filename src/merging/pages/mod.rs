//! The pages of pairs: the list, and a pair with both its records. A page a file.

pub mod duplicates;
pub mod pair;
mod record;
mod settle;
