//! The register's history as a log that cannot be quietly rewritten: a Merkle tree of the shape of RFC 6962, with a leaf
//! for each event of a licence, and signed checkpoints that anybody may keep.
//!
//! # What a leaf is made of
//!
//! [`model::Facts::leaf`] writes an event as a JSON array, of which nothing names anybody:
//!
//! ```text
//! ["rukhsa-event-1", id, number, kind, first valid day, last valid day, event, microseconds since 1970, seal]
//! ```
//!
//! The seal is SHA-256 of the leaf's salt (16 random bytes) and of another JSON array: the ids of licence, holder, request
//! and organisation, the instant of issue, what the licence corrects, its place in the status lists, and the event's
//! reason, officer, proposal and successor. So a leaf may be shown, as receipts do, without showing those; and who has the
//! tree alone cannot try out what a leaf says. The leaf's hash is SHA-256 of a zero byte and of the leaf; a node's, of a
//! one byte and of both below it.
//!
//! # What keeps it
//!
//! An event waits in `log_waiting` from the transaction that wrote it until [`sequence`] gives it a leaf; the database
//! refuses gaps, second leaves, and checkpoints that are not the root. A checkpoint (C2SP `tlog-checkpoint`) is signed
//! every hour, and when a receipt needs one, by the key of the year. [`audit`] replays everything and names what was
//! changed; against a checkpoint that somebody kept outside it also convicts who changed all of it at once.

mod auditing;
mod checkpoints;
pub mod job;
pub mod model;
mod proving;
mod routes;
mod sequencing;
mod store;
#[cfg(test)]
mod tests;

pub use auditing::{Audited, Finding, audit};
pub use checkpoints::{latest, newest, renew};
pub use proving::{Proof, Proven, prove};
pub use routes::routes;
pub use sequencing::sequence;
pub use store::holds;
