//! Every query about licences and requests for them.

mod cards;
mod issuing;
mod prerequisites;
mod requests;

pub use cards::{Card, LicenceLine, card, licences_of};
pub use issuing::{Issued, issue};
pub use prerequisites::{Applicant, applicant, managed_organisations, requirements, running_licence};
pub use requests::{Request, RequestLine, open_request, request, requests_of, submit, withdraw};

/// How often a colliding number is drawn anew before something must be wrong with the random source.
const DRAWS: usize = 20;
