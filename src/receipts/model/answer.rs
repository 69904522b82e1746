//! Answers, and what is found of receipts, on their way to a page.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::licences::model::{LicenceKind, LicenceStatus};
use crate::oversight::model::{Event, Reason};
use crate::signing::model::Refusal;

/// What a number was on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// No licence has it, or the holder of the one that had was erased.
    NotFound,
    /// It was issued on a later day.
    NotIssued,
    /// A licence past its last day is expired, also where it was renewed.
    Was(LicenceStatus),
}

impl Standing {
    pub const ALL: [Self; 8] = [
        Self::NotFound,
        Self::NotIssued,
        Self::Was(LicenceStatus::Revoked),
        Self::Was(LicenceStatus::Superseded),
        Self::Was(LicenceStatus::Expired),
        Self::Was(LicenceStatus::Suspended),
        Self::Was(LicenceStatus::NotYetValid),
        Self::Was(LicenceStatus::Valid),
    ];

    /// As receipts spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::NotIssued => "not_issued",
            Self::Was(status) => status.code(),
        }
    }

    /// Reads [`Standing::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

impl Serialize for Standing {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Standing {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        Self::from_code(&code).ok_or_else(|| serde::de::Error::custom("no answer"))
    }
}

/// A change of a licence within the day asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub event: Event,
    /// To the second.
    #[serde(with = "time::serde::timestamp")]
    pub at: OffsetDateTime,
}

/// The question and the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDay {
    /// Sixteen digits.
    pub number: String,
    #[serde(with = "crate::calendar::as_number")]
    pub day: Date,
    pub standing: Standing,
    /// Why it was suspended or revoked.
    pub reason: Option<Reason>,
    pub changes: Vec<Change>,
    /// To the second.
    #[serde(with = "time::serde::timestamp")]
    pub asked_at: OffsetDateTime,
}

/// An answer and its receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub answer: OnDay,
    /// `None` where there is no licence.
    pub kind: Option<LicenceKind>,
    /// The compact JWS.
    pub receipt: String,
}

/// What is found of a text that was given as a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Checked {
    /// Its signature does not count, or it is no receipt.
    Refused(Refusal),
    /// The register signed it.
    Signed(Receipt),
}

/// A receipt that the register signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub answer: OnDay,
    /// The register's address.
    pub issuer: String,
    /// Whether its key has been retired since: then somebody else may have signed with it.
    pub key_retired: bool,
    pub proof: Proof,
    /// Whether the register holds the receipt's checkpoint as it was signed.
    pub held: bool,
}

/// Whether the answer follows from events that were in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proof {
    /// There is nothing to prove: no licence was found.
    Nothing,
    /// The events lead to the checkpoint's root, and the answer follows from them.
    Holds { events: usize, leaves: u64 },
    /// They do not, or it does not, or the checkpoint is not the register's.
    Fails,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_travel_by_their_codes() {
        for standing in Standing::ALL {
            let sent = serde_json::to_string(&standing).unwrap();
            assert_eq!(sent, format!("\"{}\"", standing.code()));
            assert_eq!(serde_json::from_str::<Standing>(&sent).unwrap(), standing);
        }
        assert!(serde_json::from_str::<Standing>("\"fine\"").is_err());
    }
}
