//! Renewal: whether a licence can be renewed and what that takes, asking for it, and approving many renewals as one job.

pub mod api;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
