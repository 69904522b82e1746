//! Public verification: is the licence of this number real and valid today? The hot path of the portal, and lean.

#[cfg(feature = "ssr")]
mod answering;
pub mod api;
pub mod model;
#[cfg(feature = "ssr")]
mod name_proof;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod stencil;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod words;
