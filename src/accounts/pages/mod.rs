//! Pages of accounts. Each stands in a file of its own.

mod belongings;
pub mod code;
pub mod consent;
pub mod guardian;
pub mod home;
pub mod national;
mod next_step;
mod place_field;
pub mod profile;
pub mod role;
pub mod sign_in;
pub mod sign_ins;
