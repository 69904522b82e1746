//! What the pages show, and nothing more: every field of these reaches the HTML.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{EnrolmentState, SessionMode};
use crate::licences::model::LicenceKind;

/// One session in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionCard {
    pub id: Uuid,
    pub title: String,
    pub kind: LicenceKind,
    /// City and region; `None` online.
    pub place: Option<String>,
    pub starts_at: OffsetDateTime,
    pub enrol_by: OffsetDateTime,
    /// Seats nobody holds; 0 also while people wait for one.
    pub seats_left: u32,
    pub waiting: u32,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionsPage {
    pub sessions: Vec<SessionCard>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
    /// Every region as (code, name).
    pub regions: Vec<(String, String)>,
}

/// One session with all that a volunteer needs to choose it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionDetails {
    pub id: Uuid,
    pub title: String,
    pub summary: String,
    pub hours: u32,
    pub kind: LicenceKind,
    /// Venue, city and region; `None` online.
    pub place: Option<String>,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    pub enrol_by: OffsetDateTime,
    /// Seats nobody holds; 0 also while people wait for one.
    pub seats_left: u32,
    pub waiting: u32,
    pub standing: Standing,
}

/// What the person who asks can do about a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Standing {
    /// The session will not take place.
    Withdrawn,
    Closed,
    Visitor,
    ProfileIncomplete,
    GuardianMissing,
    /// The person is its trainer.
    OwnSession,
    /// A live enrolment in another session of the programme.
    Elsewhere(Uuid),
    Open,
    Mine(Own),
}

/// Somebody's own enrolment in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Own {
    pub enrolment: Uuid,
    pub state: EnrolmentState,
    /// How many are ahead on the waiting list.
    pub ahead: u32,
    /// The end of an offer.
    pub offered_until: Option<OffsetDateTime>,
    /// Until when the trainer can mark who is neither present nor absent, once the session has ended.
    pub mark_due: Option<OffsetDateTime>,
    pub can_cancel: bool,
    /// Over for this person, while others can still enrol: so can they, anew.
    pub can_enrol: bool,
}

/// A page of a trainer's own sessions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainerPage {
    pub sessions: Vec<TrainerSession>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A session as its trainer sees it in their list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainerSession {
    pub id: Uuid,
    pub title: String,
    /// Venue and city; `None` online.
    pub place: Option<String>,
    pub starts_at: OffsetDateTime,
    pub people: u32,
    pub marked: u32,
}

/// A session's roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Roster {
    pub id: Uuid,
    pub title: String,
    pub mode: SessionMode,
    pub starts_at: OffsetDateTime,
    /// From the day of the session on.
    pub open: bool,
    /// Nothing is marked any more.
    pub over: bool,
    pub rows: Vec<RosterRow>,
    /// Who was looked up by the number on their document.
    pub visitors: Vec<Visitor>,
}

/// One person on a roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RosterRow {
    pub enrolment: Uuid,
    pub person: Uuid,
    pub name: String,
    pub born: Option<BirthYears>,
    pub state: EnrolmentState,
    pub identity_seen: bool,
    /// The trainer themselves or somebody of their team: another trainer marks them.
    pub tied: bool,
    /// Whether attendance can still be mended: no test was begun.
    pub mendable: bool,
}

/// Somebody who came with a document and is not on the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Visitor {
    pub person: Uuid,
    pub name: String,
    pub born: Option<BirthYears>,
    /// Last two digits of the mobile. Several unverified accounts may name one ID number: its owner knows their mobile.
    pub mobile_end: String,
    pub identity_seen: bool,
    pub tied: bool,
}

/// The years of a birth, in both calendars: what a trainer compares with a document, and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BirthYears {
    pub hijri: i32,
    pub gregorian: i32,
}
