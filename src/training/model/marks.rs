//! Marks of attendance on their way from a trainer's phone, and what becomes of each.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{EnrolmentState, Mark};
use crate::error::Problem;

/// Marks sent together at most.
pub const LARGEST_BATCH: usize = 200;

/// What the keys of all marks that a browser keeps begin with.
pub const MARKS_PREFIX: &str = "rukhsa-mark:";

/// A mark as it was made. Kept in the browser under its id until the server has answered for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMark {
    /// Made by the phone: however often it is sent, it is one mark.
    pub id: Uuid,
    pub enrolment: Uuid,
    pub mark: Mark,
    /// Milliseconds since 1970 by the phone's clock. It orders marks of one person, and says of one that arrives when the
    /// time to mark is over whether it was made in it: such a mark is taken for three days more.
    pub made_at: i64,
}

impl SentMark {
    /// As the browser keeps it beside its id.
    pub fn kept(&self) -> String {
        format!("{} {} {}", self.enrolment, self.mark.code(), self.made_at)
    }

    /// Reads [`SentMark::kept`].
    pub fn read(id: &str, kept: &str) -> Option<Self> {
        let mut parts = kept.split(' ');
        let (enrolment, mark, made_at) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self {
            id: Uuid::parse_str(id).ok()?,
            enrolment: Uuid::parse_str(enrolment).ok()?,
            mark: Mark::from_code(mark)?,
            made_at: made_at.parse().ok()?,
        })
    }
}

/// What became of a mark. The same mark sent again gets the same answer, but for `AlreadyThere` in place of `Applied`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarkAnswer {
    Applied(EnrolmentState),
    AlreadyThere,
    Refused(Problem),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_kept_mark_is_read_back(id in any::<u128>(), enrolment in any::<u128>(), present in any::<bool>(), made_at in any::<i64>()) {
            let mark = if present { Mark::Present } else { Mark::Absent };
            let sent = SentMark { id: Uuid::from_u128(id), enrolment: Uuid::from_u128(enrolment), mark, made_at };
            prop_assert_eq!(SentMark::read(&sent.id.to_string(), &sent.kept()), Some(sent));
        }

        #[test]
        fn nothing_kept_by_somebody_else_panics(id in "\\PC*", kept in "\\PC*") {
            let _ = SentMark::read(&id, &kept);
        }
    }
}
