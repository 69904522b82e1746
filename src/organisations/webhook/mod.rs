//! What an endpoint is told, how it knows that it is from here, and where it may be. By Standard Webhooks
//! (<https://www.standardwebhooks.com>), for which receivers have libraries.

mod address;
mod gateway;
mod payload;
mod signature;

pub use address::{Reach, Refused, checked, target};
pub use gateway::deliver;
pub use payload::Change;
pub use signature::{PREFIX, new_secret};
