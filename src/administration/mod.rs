//! The administrator's desk: settings, staff, people, the audit log; and what a person may do with what is held on them:
//! see who read it, take it along, close their account.

pub mod api;
#[cfg(feature = "ssr")]
pub mod downloads;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
pub mod words;
