//! The server functions of training.

mod browse;
mod seat;
mod trainer;

pub use browse::{session, sessions};
pub use seat::{AcceptOffer, Cancel, Enrol, accept_offer, cancel, enrol};
pub use trainer::{
    ConfirmIdentity, FindPerson, MarkAttendance, confirm_identity, find_person, mark_attendance, my_sessions, roster,
};
