//! The pages of administering training.

mod frame;
pub mod import;
pub mod module;
pub mod modules;
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
