//! What officers do to a licence after it was issued: suspend it, restore it, revoke it, correct it. Restoring and
//! revoking take two of them.

pub mod api;
#[cfg(feature = "ssr")]
pub mod effect;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
pub mod words;
