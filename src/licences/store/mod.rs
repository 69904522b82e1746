//! Every query about licences and requests for them.

mod appeals;
mod cards;
mod issuing;
mod prerequisites;
mod requests;
mod returned;
mod withdrawing;

pub use appeals::{Rejection, appeal, rejection};
pub use cards::{Card, LicenceLine, card, licences_of};
pub use issuing::{Issued, issue};
pub use prerequisites::{Applicant, applicant, managed_organisations, requirements, running_licence};
pub use requests::{Request, note_age_band, open_request, request, submit};
pub use returned::{Returned, organisation_of, resubmit, returned_fields};
pub use withdrawing::withdraw;

/// How often a colliding number is drawn anew before something must be wrong with the random source.
const DRAWS: usize = 20;
