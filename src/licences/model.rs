//! What a licence is: its kind, its number, its states and what they look like on a day. Pure, for both targets.

mod kind;
mod masked_name;
mod number;
mod prerequisite;
mod request;
mod status;

pub use kind::LicenceKind;
pub use masked_name::masked_name;
pub use number::{LicenceNumber, suspect_group};
pub use prerequisite::{Prerequisite, Requirement};
pub use request::RequestState;
pub use status::{LicenceState, LicenceStatus, Validity};
