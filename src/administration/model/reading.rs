//! Officers' readings of personal data: each is an entry of the audit log, and its person sees it.

use serde::{Deserialize, Serialize};

use crate::access::Role;

/// What an officer looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// A reviewer opened the request they hold, and with it its applicant's record.
    RequestViewed,
    /// A trainer typed somebody's ID number.
    PersonFound,
    /// A trainer compared somebody with their document.
    VisitorViewed,
    /// A trainer opened the roster that somebody stands on. Noted once a day for each of them.
    RosterViewed,
    /// An administrator typed an ID number; where nobody has it, the entry has no subject.
    PersonLookedUp,
    /// An administrator opened somebody's record.
    PersonViewed,
    /// An administrator compared somebody's record with one that may be theirs too.
    RecordsCompared,
    /// A reviewer opened a licence to suspend, restore, revoke or correct it, and with it its holder's name.
    LicenceViewed,
    /// A trainer opened the report of a session that somebody stands on. Noted once a day for each of them.
    ReportViewed,
}

impl Reading {
    pub const ALL: [Self; 9] = [
        Self::RequestViewed,
        Self::PersonFound,
        Self::VisitorViewed,
        Self::RosterViewed,
        Self::PersonLookedUp,
        Self::PersonViewed,
        Self::RecordsCompared,
        Self::LicenceViewed,
        Self::ReportViewed,
    ];

    /// As the log spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::RequestViewed => "request_viewed",
            Self::PersonFound => "person_found",
            Self::VisitorViewed => "visitor_viewed",
            Self::RosterViewed => "roster_viewed",
            Self::PersonLookedUp => "person_looked_up",
            Self::PersonViewed => "person_viewed",
            Self::RecordsCompared => "records_compared",
            Self::LicenceViewed => "licence_viewed",
            Self::ReportViewed => "report_viewed",
        }
    }

    /// Reads [`Reading::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reading| reading.code() == code)
    }

    /// The role it is done in.
    pub fn role(self) -> Role {
        match self {
            Self::RequestViewed | Self::LicenceViewed => Role::Reviewer,
            Self::PersonFound | Self::VisitorViewed | Self::RosterViewed | Self::ReportViewed => Role::Trainer,
            Self::PersonLookedUp | Self::PersonViewed | Self::RecordsCompared => Role::Administrator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_spelt_and_read() {
        for reading in Reading::ALL {
            assert_eq!(Reading::from_code(reading.code()), Some(reading));
        }
    }
}
