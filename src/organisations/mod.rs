//! Organisations, as administrators look after them until they have a desk of their own: the keys of their programs, and the
//! endpoints that are told of changes to the licences of their own.

pub mod api;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
mod showing;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
#[cfg(feature = "ssr")]
pub mod webhook;
pub mod words;
