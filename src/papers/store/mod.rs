//! Every query about paper results.

pub mod deciding;
pub mod recording;
pub mod session;
pub mod waiting;
