//! Pages of renewal.

pub mod batches;
mod needs;
pub mod renew;
