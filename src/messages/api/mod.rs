//! One's own messages; and for administrators, what failed. A file for each list and what is done in it.

mod dead;
mod failed_jobs;
mod inbox;
mod message;

pub use dead::{DeadLine, DeadPage, Retry, RetryAll, dead, retry, retry_all};
pub use failed_jobs::{FailedJobLine, FailedJobsPage, RetryJob, failed_jobs, retry_job};
pub use inbox::{InboxPage, MessageLine, inbox};
pub use message::{MessageView, Open, message, open};
