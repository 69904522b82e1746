//! What a kind asks for, and what somebody meets of it.

use serde::{Deserialize, Serialize};
use time::Date;

/// What a kind of licence asks for, as the database functions `prerequisites` and `renewal_needs` name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prerequisite {
    Profile,
    /// Of who is under 18.
    Guardian,
    Programme,
    Identity,
    PractitionerLicence,
    Organisation,
    /// Of a renewal alone.
    RenewalModule,
}

impl Prerequisite {
    pub const ALL: [Self; 7] = [
        Self::Profile,
        Self::Guardian,
        Self::Programme,
        Self::Identity,
        Self::PractitionerLicence,
        Self::Organisation,
        Self::RenewalModule,
    ];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Guardian => "guardian",
            Self::Programme => "programme",
            Self::Identity => "identity",
            Self::PractitionerLicence => "practitioner_licence",
            Self::Organisation => "organisation",
            Self::RenewalModule => "renewal_module",
        }
    }

    /// Reads [`Prerequisite::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// One prerequisite of somebody, with its evidence where it is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    pub what: Prerequisite,
    pub met: bool,
    /// The day it was met, in Riyadh.
    pub met_on: Option<Date>,
    /// The programme, the licence number or the organisation that meets it; for identity, how it was confirmed, as a
    /// code. Empty where there is nothing to name.
    pub evidence: String,
}
