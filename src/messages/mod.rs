//! Telling people: an outbox in the database, sent by jobs through real gateways; an inbox in the portal that shows every
//! message; and what could not be delivered, for administrators.

pub mod api;
#[cfg(feature = "ssr")]
pub mod dev_inbox;
#[cfg(feature = "ssr")]
mod gateway;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod templates;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
pub mod words;
