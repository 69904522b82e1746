//! Verifying a list: up to 10,000 numbers, pasted or in a file, each answered as its own page would answer it. For an
//! event's roster; no account is needed.

pub mod api;
#[cfg(feature = "ssr")]
pub mod files;
#[cfg(feature = "ssr")]
mod holders;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
mod reading;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod words;
#[cfg(feature = "ssr")]
mod writing;
