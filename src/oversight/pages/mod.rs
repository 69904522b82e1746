//! Finding a licence and what waits, the licence itself, and a page for each act on it.

pub mod act;
mod act_forms;
pub mod find;
mod history;
pub mod licence;
mod proposal;
