//! The form and the answer, not lazy: most visitors come for nothing else. And scanning, which is.

pub mod form;
pub mod scan;
mod signature;
pub mod verdict;
pub mod verify;
