//! The reviewer's desk: a fair queue, one request at a time, and its approval.

pub mod api;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
