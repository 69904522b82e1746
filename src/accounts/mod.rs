//! People, their accounts, how they sign in, and what they see when they have: profile, guardian, the way to a licence.

pub mod api;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
#[cfg(feature = "ssr")]
pub mod name_key;
pub mod pages;
#[cfg(feature = "ssr")]
mod sending;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
pub mod single_sign_on;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
