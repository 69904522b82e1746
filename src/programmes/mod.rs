//! Administering training: programmes, sessions, imports of files, the question banks with their topics, and renewal
//! modules.

pub mod api;
#[cfg(feature = "ssr")]
pub mod files;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod telling;
#[cfg(all(test, feature = "ssr"))]
mod tests;
pub mod words;
