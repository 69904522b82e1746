//! Server functions: authorise, read what was typed, call the store, say what is wrong.

pub mod ask_code;
pub mod ask_guardian;
pub mod confirm_code;
pub mod give_consent;
pub mod home;
pub mod places;
pub mod profile;
pub mod save_profile;
pub mod sign_ins;
pub mod sign_out;
pub mod take_role;
