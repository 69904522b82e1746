//! The question about a day with its answer, and the check of a receipt.

mod check_form;
mod checked;
pub mod on;
pub mod receipt;
