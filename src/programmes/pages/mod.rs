//! The pages of administering training.

mod frame;
pub mod import;
pub mod module;
pub mod modules;
mod narrowing;
pub mod plan;
mod plan_fields;
pub mod programme;
pub mod programmes;
pub mod question;
pub mod questions;
pub mod session;
pub mod sessions;
pub mod topic;
pub mod topics;
