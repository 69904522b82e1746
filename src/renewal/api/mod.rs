//! Renewing one's own licence, and a reviewer's batches. A file for each thing done.

mod batch;
mod standing;
mod submit;

pub use batch::{ApproveWaiting, BatchView, BatchesView, StopBatch, approve_waiting, batches, stop_batch};
pub use standing::{ModuleView, RenewalView, standing};
pub use submit::{Submit, submit};
