//! What a code says, and what stands of it: pure, for the server and the browser.

pub mod code;
pub mod listed;
