//! Licences and the requests for them: what a kind asks for, asking for it, and the card of what was issued.

pub mod api;
#[cfg(feature = "ssr")]
mod mending;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod qr;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
pub mod words;
