//! Rukhsa (رخصة): the portal of a national volunteer-work licence scheme.
//!
//! A folder per feature; `ui` and `server` know no feature, `cli` knows them all.

#![recursion_limit = "512"]

pub mod access;
pub mod accounts;
pub mod administration;
pub mod app;
pub mod assessment;
pub mod bulk;
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod credentials;
#[cfg(feature = "ssr")]
pub mod documents;
pub mod error;
#[cfg(feature = "ssr")]
pub mod history;
pub mod home;
pub mod i18n;
pub mod licences;
pub mod merging;
pub mod messages;
pub mod offline;
pub mod organisations;
pub mod oversight;
pub mod papers;
pub mod place;
pub mod programmes;
#[cfg(feature = "ssr")]
pub mod public_api;
pub mod receipts;
pub mod renewal;
pub mod review;
pub mod second_factor;
#[cfg(feature = "ssr")]
pub mod server;
pub mod signing;
#[cfg(all(test, feature = "ssr"))]
mod testing;
pub mod text;
pub mod training;
pub mod ui;
pub mod verification;

/// Takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    leptos::mount::hydrate_lazy(app::App);
}
