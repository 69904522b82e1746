//! The public pages that belong to no other feature: home, the licence kinds, help, privacy, forgeries.

pub mod api;
#[cfg(feature = "ssr")]
pub mod job;
pub mod pages;
pub mod reading;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
mod texts;
