//! The server functions of training.

mod browse;
mod marks;
mod report;
mod seat;
mod trainer;

pub use browse::{session, sessions};
pub use marks::{SendMarks, send_marks};
pub use report::session_report;
pub use seat::{AcceptOffer, Cancel, Enrol, accept_offer, cancel, enrol};
pub use trainer::{
    ConfirmIdentity, FindPerson, MarkAttendance, confirm_identity, find_person, mark_attendance, my_sessions, roster,
};
