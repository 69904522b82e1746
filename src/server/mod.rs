//! What runs only on the server and knows no feature: configuration, database, keys, access, layers, jobs.

pub mod clock;
pub mod config;
pub mod database;
pub mod failed_jobs;
pub mod jobs;
pub mod kept_form;
pub mod keys;
pub mod keyset;
pub mod layers;
pub mod listen;
pub mod rate;
pub mod signing_keys;
pub mod state;
pub mod telemetry;
#[cfg(test)]
mod tests;
