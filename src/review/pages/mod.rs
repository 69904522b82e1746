//! The desk and the one request on it.

pub mod desk;
pub mod request;
