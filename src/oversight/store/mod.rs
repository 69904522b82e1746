//! Every query about what officers do to issued licences.

mod acting;
mod correcting;
mod history;
mod licence;
mod proposals;
mod settling;

pub use acting::{Suspended, propose, suspend};
pub use correcting::{Reissued, correct};
pub use history::{Step, history, predecessor, successor};
pub use licence::{Found, OpenProposal, Settled, found, live_licences, open_proposal, settled_proposals};
pub use proposals::{Waiting, waiting};
pub use settling::{Taken, approve, refuse, withdraw};
