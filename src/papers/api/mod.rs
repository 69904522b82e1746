//! What a trainer does with the papers of their session, and an administrator with those that wait.

mod confirm;
mod decline;
mod record;
mod session_results;
mod waiting;
mod withdraw;

pub use confirm::{Confirm, confirm};
pub use decline::{Decline, decline};
pub use record::{Record, record};
pub use session_results::session_results;
pub use waiting::waiting;
pub use withdraw::{Withdraw, withdraw};
