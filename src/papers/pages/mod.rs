//! The trainer's page of a session's papers, and the administrators' of all that wait.

mod result_row;
pub mod session_results;
pub mod waiting;
