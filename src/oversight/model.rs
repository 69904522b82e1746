//! Acts on issued licences, their reasons as closed codes, and the steps of a licence's history. Pure, for both targets.

use serde::{Deserialize, Serialize};

use crate::licences::model::LicenceState;

/// Characters of what an officer writes at most; the database says the same.
pub const LONGEST_TEXT: usize = 1000;

/// What can be done to a licence that was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Suspend,
    /// Takes a second officer.
    Restore,
    /// Takes a second officer; final.
    Revoke,
    /// Issues every licence of the holder anew, under the right name.
    Correct,
}

impl Act {
    pub const ALL: [Self; 4] = [Self::Suspend, Self::Restore, Self::Revoke, Self::Correct];

    /// As the database, forms and URLs spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Restore => "restore",
            Self::Revoke => "revoke",
            Self::Correct => "correct",
        }
    }

    /// Reads [`Act::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether one officer proposes it and another approves.
    pub fn takes_two(self) -> bool {
        matches!(self, Self::Restore | Self::Revoke)
    }

    /// What a licence becomes by it.
    pub fn makes(self) -> LicenceState {
        match self {
            Self::Suspend => LicenceState::Suspended,
            Self::Restore => LicenceState::Active,
            Self::Revoke => LicenceState::Revoked,
            Self::Correct => LicenceState::Superseded,
        }
    }

    /// Why it may be done.
    pub fn reasons(self) -> &'static [Reason] {
        match self {
            Self::Suspend => &[Reason::ComplaintUnderReview, Reason::DetailsUnderReview, Reason::HolderAsked],
            Self::Restore => &[Reason::Cleared, Reason::Mended, Reason::Mistaken, Reason::HolderAsked],
            Self::Revoke => &[Reason::CharterBreach, Reason::UntrueDetails, Reason::IssuedInError, Reason::HolderAsked],
            Self::Correct => &[Reason::NameCorrected, Reason::DocumentDiffers, Reason::NameChanged],
        }
    }

    /// The reason of this act by its code.
    pub fn reason(self, code: &str) -> Option<Reason> {
        self.reasons().iter().copied().find(|reason| reason.code() == code)
    }
}

/// Why something was done to a licence. Each has a text that anybody may see; what an officer writes beside it is for
/// officers alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Reason {
    ComplaintUnderReview,
    DetailsUnderReview,
    HolderAsked,
    Cleared,
    Mended,
    Mistaken,
    CharterBreach,
    UntrueDetails,
    IssuedInError,
    NameCorrected,
    DocumentDiffers,
    NameChanged,
}

impl Reason {
    pub const ALL: [Self; 12] = [
        Self::ComplaintUnderReview,
        Self::DetailsUnderReview,
        Self::HolderAsked,
        Self::Cleared,
        Self::Mended,
        Self::Mistaken,
        Self::CharterBreach,
        Self::UntrueDetails,
        Self::IssuedInError,
        Self::NameCorrected,
        Self::DocumentDiffers,
        Self::NameChanged,
    ];

    /// As the database and forms spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::ComplaintUnderReview => "complaint_under_review",
            Self::DetailsUnderReview => "details_under_review",
            Self::HolderAsked => "holder_asked",
            Self::Cleared => "cleared",
            Self::Mended => "mended",
            Self::Mistaken => "mistaken",
            Self::CharterBreach => "charter_breach",
            Self::UntrueDetails => "untrue_details",
            Self::IssuedInError => "issued_in_error",
            Self::NameCorrected => "name_corrected",
            Self::DocumentDiffers => "document_differs",
            Self::NameChanged => "name_changed",
        }
    }

    /// Reads [`Reason::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A step of a licence's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    Issued,
    Suspended,
    Restored,
    Revoked,
    /// A correction took its place.
    Superseded,
}

impl Event {
    pub const ALL: [Self; 5] = [Self::Issued, Self::Suspended, Self::Restored, Self::Revoked, Self::Superseded];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Suspended => "suspended",
            Self::Restored => "restored",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
        }
    }

    /// Reads [`Event::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Approved,
    Refused,
    Withdrawn,
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Approved, Self::Refused, Self::Withdrawn];

    /// As the database and URLs spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`Outcome::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_spelt() {
        for act in Act::ALL {
            assert_eq!(Act::from_code(act.code()), Some(act));
            for reason in act.reasons() {
                assert_eq!(act.reason(reason.code()), Some(*reason));
            }
        }
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(reason));
            assert!(Act::ALL.into_iter().any(|act| act.reasons().contains(&reason)), "{reason:?} is never given");
        }
        for event in Event::ALL {
            assert_eq!(Event::from_code(event.code()), Some(event));
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
    }

    #[test]
    fn an_act_has_its_own_reasons_only() {
        assert_eq!(Act::Suspend.reason("charter_breach"), None);
        assert_eq!(Act::Revoke.reason("complaint_under_review"), None);
    }
}
