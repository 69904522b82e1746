//! What a receipt says, and what of it can be proved: pure.

mod proof;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use proof::{checkpoint, proof};

use super::model::{OnDay, Standing};
use crate::calendar::day_of_iso;
use crate::history::Proven;
use crate::licences::model::LicenceNumber;
use crate::oversight::model::Reason;
use crate::signing::model::{PublicKey, Refusal, open_receipt};

/// What a receipt says, as its payload spells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    pub iss: String,
    pub iat: i64,
    pub number: String,
    pub day: String,
    pub answer: Standing,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    pub checkpoint: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<InLog>,
}

/// An event that was in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InLog {
    pub leaf: String,
    pub position: u64,
    /// The hashes of the nodes beside its way up to the root, the lowest first, one after the other in base64url.
    pub path: String,
}

impl From<Proven> for InLog {
    fn from(proven: Proven) -> Self {
        let path = URL_SAFE_NO_PAD.encode(proven.path.concat());
        Self { leaf: proven.leaf, position: proven.position, path }
    }
}

impl Claims {
    /// Of an answer of the register at `iss`.
    pub fn new(iss: String, answer: &OnDay, checkpoint: String, events: Vec<InLog>) -> Self {
        Self {
            iss,
            iat: answer.asked_at.unix_timestamp(),
            number: answer.number.clone(),
            day: answer.day.to_string(),
            answer: answer.standing,
            reason: answer.reason,
            checkpoint,
            events,
        }
    }

    /// What a receipt says that one of `keys` signed. Spaces and line breaks come with copying, and are passed over.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn open(text: &str, keys: &[PublicKey]) -> Result<Self, Refusal> {
        let text: String = text.split_whitespace().collect();
        let payload = open_receipt(&text, keys)?;
        let claims: Self = serde_json::from_slice(&payload).map_err(|_| Refusal::Contents)?;
        if claims.told().is_some() { Ok(claims) } else { Err(Refusal::Contents) }
    }

    /// The question and the answer, with no changes: those are in the events. `None` where it is no question.
    pub fn told(&self) -> Option<OnDay> {
        Some(OnDay {
            number: LicenceNumber::parse(&self.number).ok()?.digits().to_owned(),
            day: day_of_iso(&self.day)?,
            standing: self.answer,
            reason: self.reason,
            changes: Vec::new(),
            asked_at: OffsetDateTime::from_unix_timestamp(self.iat).ok()?,
        })
    }
}
