//! Closed lists of codes, as the database and forms spell them.

use serde::{Deserialize, Serialize};

use crate::place::Order;

/// Gives an enum its codes both ways.
macro_rules! codes {
    ($name:ident { $($variant:ident => $code:literal),+ $(,)? }) => {
        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As the database and forms spell it.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }

            #[doc = concat!("Reads [`", stringify!($name), "::code`].")]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

/// Where a pair stands. Mirrors the machine `pair` of the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Nobody has said yet what it is.
    #[default]
    Waiting,
    /// Two people.
    Dismissed,
    /// One person, whose records are one now.
    Merged,
}
codes!(Standing { Waiting => "waiting", Dismissed => "dismissed", Merged => "merged" });

impl Standing {
    /// The order of a list of such pairs that goes without saying: who waits longest comes first, what was settled last.
    pub fn usual_order(self) -> Order {
        if self == Self::Waiting { Order::Earliest } else { Order::Latest }
    }

    /// The permitted steps.
    pub fn can_become(self, next: Self) -> bool {
        self == Self::Waiting && next != Self::Waiting
    }
}

/// What is in the way of merging a record into another, as `merging_blockers` of the database finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Blocker {
    /// One of the accounts is closed.
    Closed,
    /// One was merged already, or others were merged into the one that would go.
    Merged,
    /// One of the identities is not verified.
    Identity,
    /// Both hold a licence of one kind that has not ended.
    Licence,
    OpenRequest,
    Enrolment,
    OpenTest,
    StaffRole,
    Team,
    Organisation,
}
codes!(Blocker {
    Closed => "closed",
    Merged => "merged",
    Identity => "identity",
    Licence => "licence",
    OpenRequest => "open_request",
    Enrolment => "enrolment",
    OpenTest => "open_test",
    StaffRole => "staff_role",
    Team => "team",
    Organisation => "organisation",
});

/// What shows that two records are one person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sameness {
    /// Their ID number changed: a resident became a citizen, say.
    NumberChanged,
    /// They came and asked, with both documents.
    HolderAsked,
    /// Their documents were compared at the office.
    DocumentsAgree,
}
codes!(Sameness {
    NumberChanged => "number_changed",
    HolderAsked => "holder_asked",
    DocumentsAgree => "documents_agree",
});

/// What shows that two records are two people's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Difference {
    /// Their documents are of two people.
    DocumentsDiffer,
    /// Both were seen or spoken to.
    BothCame,
    /// Nothing but name and birth date speaks for one person.
    NoEvidence,
}
codes!(Difference {
    DocumentsDiffer => "documents_differ",
    BothCame => "both_came",
    NoEvidence => "no_evidence",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_spelt_and_read() {
        for one in Standing::ALL {
            assert_eq!(Standing::from_code(one.code()), Some(*one));
        }
        for one in Blocker::ALL {
            assert_eq!(Blocker::from_code(one.code()), Some(*one));
        }
        assert_eq!(Sameness::from_code("number_changed"), Some(Sameness::NumberChanged));
        assert_eq!(Difference::from_code("no_evidence"), Some(Difference::NoEvidence));
        assert_eq!(Difference::from_code("number_changed"), None);
    }
}
