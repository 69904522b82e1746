//! Pages of lists.

pub mod check;
pub mod new;
mod rows;
