//! In-person results: a test taken on paper in the hall, recorded by the session's trainer and confirmed by an
//! administrator. What is confirmed is an attempt like any other.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
pub mod words;
