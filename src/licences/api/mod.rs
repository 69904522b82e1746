//! Asking for a licence, and seeing one's own. A file for each thing done.

mod appeal;
mod card;
mod mend_request;
mod prerequisites;
mod request;
mod submit_request;

pub use appeal::{Appeal, appeal};
pub use card::{CardStep, CardView, card};
pub use mend_request::{MendRequest, mend_request};
pub use prerequisites::{Answers, Application, prerequisites};
pub use request::{FieldValue, RejectionView, RequestView, ReturnedField, WithdrawRequest, request, withdraw_request};
pub use submit_request::{SubmitRequest, submit_request};
