//! What an administrator does for organisations. A file for each thing looked after.

mod endpoints;
mod keys;
mod list;

pub use endpoints::{
    CloseEndpoint, OpenEndpoint, Replay, ReplaySince, close_endpoint, deliveries, endpoints, open_endpoint, replay,
    replay_since,
};
pub use keys::{GiveKey, HideSecret, RevokeKey, RotateKey, give_key, hide_secret, keys, revoke_key, rotate_key};
pub use list::organisations;
