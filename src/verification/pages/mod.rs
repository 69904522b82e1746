//! The form and the answer. Not lazy: most visitors come for nothing else.

pub mod form;
pub mod verdict;
pub mod verify;
