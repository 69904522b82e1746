//! The reviewer's desk: a fair queue, one request at a time, and decisions that take effect after ten seconds.

pub mod api;
#[cfg(feature = "ssr")]
pub mod effect;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
pub mod words;
