//! The page for no signal.

pub mod no_signal;
