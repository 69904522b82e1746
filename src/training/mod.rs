//! Training: programmes and their sessions, seats and the waiting list, and the trainer's roster.

pub mod api;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
pub mod words;
