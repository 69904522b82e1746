//! Every query of the desk: the queue of requests, claims on them, and decisions.

mod approving;
mod held;
mod queue;

pub use approving::{Approved, approve};
pub use held::{Earlier, Held, earlier, request};
pub use queue::{Desk, desk, let_go, take_next};
