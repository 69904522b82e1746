//! The test that ends a programme: drawing questions, answering, grading by the database, results.

pub mod api;
pub mod model;
pub mod pages;
pub mod terms;

#[cfg(feature = "ssr")]
pub mod job;
#[cfg(feature = "ssr")]
pub mod own;
#[cfg(feature = "ssr")]
pub mod shuffle;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
