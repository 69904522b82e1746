//! Everything that is held on a person, as they read it and as they take it along.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Day, Instant};
use crate::licences::model::LicenceStatus;
use crate::papers::model::SheetState;

/// All of it. Codes are those of the database; what was sealed is opened; titles and names of places and bodies are in the
/// language of who reads it. Every field is told on the page: a test compares them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// When it was put together.
    pub at: Instant,
    pub profile: HeldProfile,
    /// The records that were merged into this one.
    pub merged: Vec<HeldRecord>,
    pub sign_ins: Vec<HeldSignIn>,
    /// What stands beside the mobile's code. Never the keys and codes themselves.
    pub factors: Vec<HeldFactor>,
    /// Consents given for this person.
    pub guardians: Vec<HeldGuardian>,
    /// Consents that this person gave as a guardian.
    pub consents: Vec<HeldGuardian>,
    pub roles: Vec<HeldRole>,
    pub enrolments: Vec<HeldEnrolment>,
    pub attempts: Vec<HeldAttempt>,
    /// Results on paper that are no attempts: they wait, or nothing came of them.
    pub papers: Vec<HeldPaper>,
    pub requests: Vec<HeldRequest>,
    pub licences: Vec<HeldLicence>,
    pub messages: Vec<HeldMessage>,
    /// Who read the record.
    pub readings: Vec<HeldReading>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldProfile {
    pub person: Uuid,
    pub registered_at: Instant,
    pub national_id: String,
    /// Of every account that leads to this person, the newest first.
    pub mobiles: Vec<String>,
    pub given_name: Option<String>,
    pub father_name: Option<String>,
    pub grandfather_name: Option<String>,
    pub family_name: Option<String>,
    pub latin_name: Option<String>,
    pub birth_date: Option<Day>,
    pub email: Option<String>,
    /// In which the person is written to.
    pub language: String,
    pub region: Option<String>,
    pub city: Option<String>,
    pub profile_completed_at: Option<Instant>,
    /// Whether a guardian's consent is asked for.
    pub needs_guardian: bool,
    pub identity_verified_at: Option<Instant>,
    /// `trainer` or `single_sign_on`.
    pub identity_verified_by: Option<String>,
}

/// A record that was merged into the person's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldRecord {
    pub merged_at: Instant,
    pub reason: String,
    /// As it stood on that record.
    pub profile: HeldProfile,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldSignIn {
    pub started_at: Instant,
    pub last_seen_at: Instant,
    pub ended_at: Option<Instant>,
}

/// A passkey, a recovery code, or that both were taken away to start anew. A passkey has no name but its date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldFactor {
    /// `passkey`, `recovery_code` or `reset`.
    pub what: String,
    pub made_at: Instant,
    pub used_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldGuardian {
    /// The guardian's.
    pub name: String,
    pub consented_at: Instant,
    pub withdrawn_at: Option<Instant>,
}

/// A role on the staff, in an organisation or in a team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldRole {
    pub role: String,
    /// Name of the organisation or the team; none on the staff.
    pub body: Option<String>,
    pub since: Option<Instant>,
    pub until: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldEnrolment {
    pub programme: String,
    pub starts_at: Instant,
    pub state: String,
    pub enrolled_at: Instant,
    pub attendance_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldAttempt {
    /// Its title; none where the test was a renewal's.
    pub programme: Option<String>,
    /// Number of the licence that was to be renewed.
    pub renews: Option<String>,
    pub ordinal: i16,
    pub state: String,
    pub started_at: Instant,
    pub finished_at: Option<Instant>,
    pub right_answers: Option<i16>,
    pub questions: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldPaper {
    pub programme: String,
    pub state: SheetState,
    pub right_answers: i16,
    pub questions: i16,
    pub recorded_at: Instant,
    pub decided_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldRequest {
    pub number: String,
    pub kind: String,
    /// Number of the licence that it asked to renew.
    pub renews: Option<String>,
    pub state: String,
    pub created_at: Instant,
    pub submitted_at: Option<Instant>,
    pub appealed_at: Option<Instant>,
    pub appeal: Option<String>,
    pub decisions: Vec<HeldDecision>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldDecision {
    pub outcome: String,
    pub effective_at: Instant,
    pub reason: Option<String>,
    /// Each field to be mended, with the code of its reason.
    pub fields: Vec<(String, String)>,
    /// What the reviewer wrote, of the whole and of single fields.
    pub texts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldLicence {
    pub number: String,
    pub kind: String,
    /// As anybody who verifies it is told.
    pub status: LicenceStatus,
    pub issued_at: Instant,
    pub first_day: Day,
    /// The last day on which it is valid.
    pub last_day: Day,
    /// Oldest first.
    pub history: Vec<HeldEvent>,
}

/// A step in a licence's history. What officers wrote beside it is for officers alone, as their forms promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldEvent {
    pub at: Instant,
    pub event: String,
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldMessage {
    pub channel: String,
    /// The mobile or the address that it was sent to.
    pub to: Option<String>,
    /// Its subject.
    pub about: String,
    pub text: String,
    pub created_at: Instant,
    pub sent_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldReading {
    pub at: Instant,
    pub role: String,
    pub action: String,
}

/// Where a download of [`Held`] has something: `licences.history.at`, whichever licence and step it is of.
#[cfg(test)]
pub(crate) fn held_fields(download: &serde_json::Value) -> std::collections::BTreeSet<String> {
    use serde_json::Value;

    fn walk(value: &Value, path: &str, found: &mut std::collections::BTreeSet<String>) {
        match value {
            Value::Null => {}
            Value::Object(fields) => {
                for (name, value) in fields {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    walk(value, &path, found);
                }
            }
            Value::Array(items) if items.iter().all(Value::is_object) => {
                for item in items {
                    walk(item, path, found);
                }
            }
            _ => {
                found.insert(path.to_owned());
            }
        }
    }

    let mut found = std::collections::BTreeSet::new();
    walk(download, "", &mut found);
    found
}
