//! The pages of training.

pub mod my_sessions;
pub mod roster;
mod roster_row;
mod roster_visitor;
pub mod session;
mod session_action;
pub mod sessions;
mod words;
