//! What the desk's pages are shown: one type a view, no field more than it shows.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Blocker, Difference, Sameness, Standing};
use crate::accounts::model::views::{OwnEnrolment, OwnLicence, OwnRequest};
use crate::administration::model::IdentityView;

/// A page of pairs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairsPage {
    pub pairs: Vec<PairLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A pair in the list. The name is masked as for strangers: who leafs through has not opened anybody's record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairLine {
    pub pair: Uuid,
    pub name: String,
    pub found_at: OffsetDateTime,
    /// When it was dismissed or merged.
    pub settled_at: Option<OffsetDateTime>,
}

/// A pair with both its records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairView {
    pub pair: Uuid,
    pub standing: Standing,
    pub found_at: OffsetDateTime,
    pub outcome: Option<Outcome>,
    /// In the order of their registration.
    pub records: [RecordView; 2],
}

/// What became of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub at: OffsetDateTime,
    pub chosen: Chosen,
}

/// What an officer found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    OnePerson(Sameness),
    TwoPeople(Difference),
}

/// One of the two records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordView {
    pub person: Uuid,
    /// In the language of the page; empty once the account is closed.
    pub name: String,
    /// First digit and last two.
    pub number: String,
    pub registered_at: OffsetDateTime,
    pub identity: Option<IdentityView>,
    pub closed: bool,
    /// Whether it was merged into another.
    pub merged: bool,
    pub licences: Vec<OwnLicence>,
    pub requests: Vec<OwnRequest>,
    pub enrolments: Vec<OwnEnrolment>,
    /// What is in the way of keeping this one and merging the other into it.
    pub blockers: Vec<Blocker>,
}
