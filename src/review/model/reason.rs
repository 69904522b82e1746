//! Why a request is returned or rejected, as closed codes. What a reviewer writes beside them is text of its own.

use serde::{Deserialize, Serialize};

/// What of a request an applicant can be asked to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestField {
    Name,
    LatinName,
    BirthDate,
    Place,
    /// Of a management licence only.
    Organisation,
}

impl RequestField {
    pub const ALL: [Self; 5] = [Self::Name, Self::LatinName, Self::BirthDate, Self::Place, Self::Organisation];

    /// As the database and forms spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::LatinName => "latin_name",
            Self::BirthDate => "birth_date",
            Self::Place => "place",
            Self::Organisation => "organisation",
        }
    }

    /// Name of its reason's input on the reviewer's form, and of the problem with it.
    pub fn reason_input(self) -> &'static str {
        match self {
            Self::Name => "reasons[name]",
            Self::LatinName => "reasons[latin_name]",
            Self::BirthDate => "reasons[birth_date]",
            Self::Place => "reasons[place]",
            Self::Organisation => "reasons[organisation]",
        }
    }

    /// Name of its text's input on the reviewer's form, and of the problem with it.
    pub fn text_input(self) -> &'static str {
        match self {
            Self::Name => "texts[name]",
            Self::LatinName => "texts[latin_name]",
            Self::BirthDate => "texts[birth_date]",
            Self::Place => "texts[place]",
            Self::Organisation => "texts[organisation]",
        }
    }

    /// Reads [`RequestField::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Why a field needs mending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldReason {
    DiffersFromDocument,
    Incomplete,
    Misspelt,
    Outdated,
    /// As the text beside it says.
    Other,
}

impl FieldReason {
    pub const ALL: [Self; 5] =
        [Self::DiffersFromDocument, Self::Incomplete, Self::Misspelt, Self::Outdated, Self::Other];

    /// As the database and forms spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::DiffersFromDocument => "differs_from_document",
            Self::Incomplete => "incomplete",
            Self::Misspelt => "misspelt",
            Self::Outdated => "outdated",
            Self::Other => "other",
        }
    }

    /// Reads [`FieldReason::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Why a request is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    NotEligible,
    UntrueDetails,
    CharterBreach,
    EvidenceNotAccepted,
    /// As the text beside it says.
    Other,
}

impl RejectReason {
    pub const ALL: [Self; 5] =
        [Self::NotEligible, Self::UntrueDetails, Self::CharterBreach, Self::EvidenceNotAccepted, Self::Other];

    /// As the database and forms spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotEligible => "not_eligible",
            Self::UntrueDetails => "untrue_details",
            Self::CharterBreach => "charter_breach",
            Self::EvidenceNotAccepted => "evidence_not_accepted",
            Self::Other => "other",
        }
    }

    /// Reads [`RejectReason::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_spelt() {
        for field in RequestField::ALL {
            assert_eq!(RequestField::from_code(field.code()), Some(field));
            assert_eq!(field.reason_input(), format!("reasons[{}]", field.code()));
            assert_eq!(field.text_input(), format!("texts[{}]", field.code()));
        }
        for reason in FieldReason::ALL {
            assert_eq!(FieldReason::from_code(reason.code()), Some(reason));
        }
        for reason in RejectReason::ALL {
            assert_eq!(RejectReason::from_code(reason.code()), Some(reason));
        }
    }
}
