//! What a phone does with no signal: the service worker that keeps the pages for it, and what else the browser keeps.

pub mod cards;
pub mod pages;
pub mod worker;
