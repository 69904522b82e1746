//! The test's server functions, one a file. None tells which option is right. `enrolment` names what a test belongs to: an
//! enrolment, or for the test of a renewal the licence.

mod answer;
mod finish;
mod overview;
mod result;
mod review;
mod sitting;
mod start;

use serde::{Deserialize, Serialize};

pub use answer::{Answer, answer};
pub use finish::{Finish, finish};
pub use overview::{OpenAttempt, Overview, PastAttempt, overview};
pub use result::{Ending, Outcome, Topic, result};
pub use review::{AnsweredQuestion, Review, review};
pub use sitting::{Choice, Paper, sitting};
pub use start::{Start, start};

/// What stands on a page of an attempt: what is asked while it is open, or that it is over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Sitting<T> {
    Open(T),
    /// The latest attempt, which is closed; none when the test was never begun.
    Closed {
        ordinal: Option<i16>,
    },
}
