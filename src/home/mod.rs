//! The public pages that belong to no other feature: home, help, privacy, forgeries.

pub mod pages;
