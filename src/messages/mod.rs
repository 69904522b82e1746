//! Messages to people: an outbox in the database, sent by jobs through real gateways.

mod gateway;
pub mod inbox;
pub mod job;
pub mod store;
#[cfg(test)]
mod tests;
