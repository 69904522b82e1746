//! What an administrator does for organisations. A file for each thing looked after.

mod deliveries;
mod endpoints;
mod keys;
mod list;

pub use deliveries::{Replay, ReplaySince, count_replay, deliveries, replay, replay_since};
pub use endpoints::{
    CloseEndpoint, OpenEndpoint, RotateSecret, close_endpoint, endpoints, open_endpoint, rotate_secret,
};
pub use keys::{GiveKey, HideSecret, RevokeKey, RotateKey, give_key, hide_secret, keys, revoke_key, rotate_key};
pub use list::organisations;
