//! Every query about people, accounts and how they sign in.

pub mod roles;
pub mod sessions;
