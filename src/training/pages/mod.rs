//! The pages of training.

mod mark_queue;
pub mod my_sessions;
pub mod report;
pub mod roster;
mod roster_row;
mod roster_visitor;
pub mod session;
mod session_action;
pub mod sessions;
mod words;
