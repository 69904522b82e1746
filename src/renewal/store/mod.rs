//! Every query of renewal.

mod batches;
mod needs;
mod standing;
mod submitting;
mod working;

pub use batches::{Batch, latest, ready, run, start, stop};
pub use needs::{is_possible, needs};
pub use standing::{Module, Standing, hint, standing};
pub use submitting::{OpenRequest, open_request, renewed_by_request, submit};
pub use working::{Work, approve, finish, next_effect, settle, to_approve, to_settle};
