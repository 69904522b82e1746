//! The question, the answer, and what is found of a receipt: pure, for the server and the browser.

mod answer;
mod asked;
mod day;

pub use answer::{Change, Checked, OnDay, Proof, Receipt, Standing, Told};
pub use asked::{EARLIEST, LONGEST_RECEIPT, day_asked};
pub use day::{Replayed, Step, on_day};
