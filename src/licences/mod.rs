//! Licences and the requests for them.

pub mod model;
