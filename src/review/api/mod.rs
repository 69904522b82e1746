//! What a reviewer does: take the next, look, decide, undo, look back. A file for each thing done.

mod approve;
mod decided;
mod decisions;
mod desk;
mod reject;
mod request;
mod return_request;

pub use approve::{Approve, approve};
pub use decided::{DecidedView, Undo, decided, undo};
pub use decisions::{DecisionLine, DecisionsPage, decisions};
pub use desk::{DeskView, LetGo, TakeNext, desk, let_go, take_next};
pub use reject::{Reject, reject};
pub use request::{AppealView, RenewalOf, ReviewView, Round, request};
pub use return_request::{ReturnRequest, return_request};
