//! Asking for a licence, and seeing one's own. A file for each thing done.

mod card;
mod prerequisites;
mod request;
mod submit_request;

pub use card::{CardView, card};
pub use prerequisites::{Answers, Application, prerequisites};
pub use request::{RequestView, WithdrawRequest, request, withdraw_request};
pub use submit_request::{SubmitRequest, submit_request};
