//! Two records of one person: found by name and birth date, compared by an administrator, and either told apart or merged
//! into one that keeps the history of both.

pub mod api;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
pub mod words;
