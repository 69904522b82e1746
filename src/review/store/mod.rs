//! Every query of the desk: the queue of requests, claims on them, and decisions.

mod deciding;
mod decisions;
mod held;
mod queue;
mod settling;

pub use deciding::{Decided, Verdict, decide, note_decision, undo};
pub use decisions::{Made, PastRound, WaitingTimes, decision, decisions, regions, rounds, waiting_times};
pub use held::{Earlier, Held, earlier, request};
pub use queue::{Desk, desk, let_go, release_idle, release_of, take_next};
pub use settling::{Settled, due, is_pending, settle};
