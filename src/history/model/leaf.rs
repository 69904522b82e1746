//! An event as its leaf says it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::calendar::day_of_iso;

/// What stands first in a leaf. Another way of writing leaves gets another.
const FORM: &str = "rukhsa-event-1";

/// What an event and its licence say for good, in the database's codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub event_id: i64,
    pub event: String,
    pub at: OffsetDateTime,
    pub reason: Option<String>,
    pub actor: Option<Uuid>,
    pub proposal: Option<Uuid>,
    pub successor: Option<Uuid>,
    pub licence: Licence,
}

/// What of a licence never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    pub id: Uuid,
    pub number: String,
    pub kind: String,
    pub first_day: Date,
    pub last_day: Date,
    pub person: Uuid,
    pub request: Uuid,
    pub organisation: Option<Uuid>,
    pub issued_at: OffsetDateTime,
    pub corrects: Option<Uuid>,
    /// List and index.
    pub place: (i32, i32),
}

impl Facts {
    /// The leaf: what may be shown of the event, and a seal over the rest.
    pub fn leaf(&self, salt: &[u8]) -> String {
        let licence = &self.licence;
        json!([
            FORM,
            self.event_id,
            licence.number,
            licence.kind,
            licence.first_day.to_string(),
            licence.last_day.to_string(),
            self.event,
            micros(self.at),
            self.seal(salt)
        ])
        .to_string()
    }

    fn seal(&self, salt: &[u8]) -> String {
        let licence = &self.licence;
        let hidden = json!([
            licence.id,
            licence.person,
            licence.request,
            licence.organisation,
            micros(licence.issued_at),
            licence.corrects,
            licence.place.0,
            licence.place.1,
            self.reason,
            self.actor,
            self.proposal,
            self.successor
        ]);
        let sealed = Sha256::new().chain_update(salt).chain_update(hidden.to_string()).finalize();
        URL_SAFE_NO_PAD.encode(sealed)
    }
}

/// What a leaf shows of its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub event_id: i64,
    pub number: String,
    pub kind: String,
    pub first_day: Date,
    pub last_day: Date,
    pub event: String,
    pub at: OffsetDateTime,
}

type Written = (String, i64, String, String, String, String, String, i64, String);

impl Shown {
    /// Reads what [`Facts::leaf`] writes; `None` for anything else.
    pub fn read(leaf: &str) -> Option<Self> {
        let (form, event_id, number, kind, first, last, event, at, _): Written = serde_json::from_str(leaf).ok()?;
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1000).ok()?;
        let (first_day, last_day) = (day_of_iso(&first)?, day_of_iso(&last)?);
        (form == FORM).then_some(Self { event_id, number, kind, first_day, last_day, event, at })
    }
}

/// Microseconds since 1970, which is what Postgres keeps.
fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX)
}
