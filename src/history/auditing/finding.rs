//! What an audit finds, in plain English.

use std::fmt;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::history::model::NoteRefusal;

/// Something in the register that is not as it was logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An event or its licence says something else than when its leaf was made.
    Changed { position: u64, event_id: i64, number: String },
    /// A leaf whose event, or the licence of it, is gone.
    Gone { position: u64, event_id: i64 },
    /// No leaf stands where others follow.
    Gap { position: u64 },
    /// An event that was written past the queue for its leaf.
    Unlogged { event_id: i64, number: String },
    /// An event that has waited for its leaf for too long.
    Late { event_id: i64, number: String, since: OffsetDateTime },
    /// A node that is not made of those below it, or is missing: of the leaves from the first to the last.
    Node { first: u64, last: u64 },
    /// Nodes over leaves that are not there.
    NodesBeyond { nodes: i64 },
    /// A stored checkpoint that does not count.
    Note { id: i64, why: NoteRefusal },
    /// A stored checkpoint whose row says something else than its note.
    NoteRow { id: i64 },
    /// The first stored checkpoint that was signed of other leaves. Those before `intact` are what an earlier one says.
    Root { id: i64, size: u64, at: OffsetDateTime, intact: u64 },
    /// A stored checkpoint of more leaves than there are.
    NoteBeyond { id: i64 },
    /// The checkpoint kept outside does not count.
    OutsideNote { why: NoteRefusal },
    /// The checkpoint kept outside was signed of other leaves.
    OutsideRoot { size: u64, at: OffsetDateTime },
    /// The checkpoint kept outside was signed of more leaves than there are.
    OutsideBeyond { size: u64, at: OffsetDateTime, leaves: u64 },
    /// A licence that stands otherwise than its newest event says.
    State { number: String, says: String, told: String },
}

impl fmt::Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { position, event_id, number } => write!(
                to,
                "leaf {position}: event {event_id} of licence {number}, or the licence itself, was changed after it was logged"
            ),
            Self::Gone { position, event_id } => {
                write!(to, "leaf {position}: its event {event_id}, or the licence of it, was deleted")
            }
            Self::Gap { position } => write!(to, "leaf {position} was deleted: others follow it"),
            Self::Unlogged { event_id, number } => {
                write!(to, "event {event_id} of licence {number} was written past the log")
            }
            Self::Late { event_id, number, since } => write!(
                to,
                "event {event_id} of licence {number} has waited for its leaf since {}: does a server run its jobs?",
                moment(*since)
            ),
            Self::Node { first, last } => {
                write!(to, "the stored tree was changed over leaves {first} to {last}")
            }
            Self::NodesBeyond { nodes } => {
                write!(to, "{nodes} nodes of the stored tree stand over leaves that are not there: leaves were deleted")
            }
            Self::Note { id, why } => write!(to, "stored checkpoint {id} does not count: {why}"),
            Self::NoteRow { id } => write!(to, "the row of stored checkpoint {id} says something else than its note"),
            Self::Root { id, size, at, intact } => write!(
                to,
                "stored checkpoint {id} of {} was signed of {size} other leaves: one of leaves {intact} to {} was changed, \
                 added or taken away",
                moment(*at),
                size.saturating_sub(1)
            ),
            Self::NoteBeyond { id } => {
                write!(to, "stored checkpoint {id} was signed of more leaves than there are: leaves were deleted")
            }
            Self::OutsideNote { why } => write!(to, "the checkpoint that you gave does not count: {why}"),
            Self::OutsideRoot { size, at } => write!(
                to,
                "the checkpoint that you gave was signed on {} of {size} other leaves: the history was rewritten since",
                moment(*at)
            ),
            Self::OutsideBeyond { size, at, leaves } => write!(
                to,
                "the checkpoint that you gave was signed on {} of {size} leaves, and there are {leaves}: leaves were deleted",
                moment(*at)
            ),
            Self::State { number, says, told } => {
                write!(to, "licence {number} stands as {says}, and its history makes it {told}")
            }
        }
    }
}

fn moment(at: OffsetDateTime) -> String {
    at.replace_nanosecond(0).unwrap_or(at).format(&Rfc3339).unwrap_or_default()
}
