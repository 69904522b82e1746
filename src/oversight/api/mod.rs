//! What an officer does: look at a licence, act on it, propose, and settle what another proposed. A file for each.

mod correct;
mod licence;
mod proposals;
mod propose;
mod settle;
mod suspend;

pub use correct::{Correct, correct};
pub use licence::{Holder, LicenceView, OfficerStep, PastProposal, ProposalView, licence};
pub use proposals::{ProposalLine, ProposalsPage, proposals};
pub use propose::{Propose, propose};
pub use settle::{Approve, Refuse, Withdraw, approve, refuse, withdraw};
pub use suspend::{Suspend, suspend};
