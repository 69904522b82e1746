//! Every query of the test.

pub mod closing;
pub mod held;
pub mod in_the_way;
pub mod results;
pub mod sitting;
pub mod starting;
pub mod subject;
