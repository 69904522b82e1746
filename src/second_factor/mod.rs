//! The second factor of staff: passkeys (W3C Web Authentication), recovery codes, and the fresh check before what weighs
//! most.

pub mod api;
mod browser;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
mod passkey;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
