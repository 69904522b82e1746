//! What the desk's pages are shown: one type a view, no field more than it shows.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Reading, SettingKey};
use crate::access::Role;
use crate::accounts::model::views::{OwnEnrolment, OwnLicence, OwnRequest};
use crate::licences::model::LicenceKind;

/// A rule in the list of rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingLine {
    pub key: SettingKey,
    /// What is in force: for all kinds first, then for the kinds that differ.
    pub values: Vec<SettingValue>,
    /// Whether a change is planned.
    pub planned: bool,
}

/// A value in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingValue {
    /// `None` for all kinds.
    pub kind: Option<LicenceKind>,
    pub value: i32,
    /// Whether it is still what the project assumed.
    pub assumed: bool,
}

/// One rule with its history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingView {
    pub key: SettingKey,
    /// The newest change that this view knows; a form sends it back.
    pub version: i64,
    pub values: Vec<SettingValue>,
    /// A page of the changes, the last made first.
    pub changes: Vec<SettingChange>,
    /// Where the next page goes on, if there is one.
    pub next: Option<i64>,
}

/// A change of a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingChange {
    pub kind: Option<LicenceKind>,
    pub value: i32,
    /// `None` for what has always been so.
    pub effective_from: Option<OffsetDateTime>,
    pub standing: ChangeStanding,
    /// When, by whom and why; nothing for what came with a release.
    pub changed_at: Option<OffsetDateTime>,
    pub changed_by: Option<String>,
    pub reason: Option<String>,
}

/// Where a change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeStanding {
    Planned,
    InForce,
    Past,
    /// Another change for the same day took its place.
    Replaced,
}

/// A page of the staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StaffPage {
    pub staff: Vec<StaffLine>,
    pub next: Option<String>,
}

/// A role that somebody holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StaffLine {
    pub person: Uuid,
    pub name: String,
    pub role: Role,
    pub since: OffsetDateTime,
    /// Who gave it; `None` where it came from the machine itself.
    pub granted_by: Option<String>,
}

/// A person as an administrator sees them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonView {
    pub person: Uuid,
    /// In the language of the page; empty before the profile is complete.
    pub name: String,
    pub registered_at: OffsetDateTime,
    pub closed_at: Option<OffsetDateTime>,
    /// The record that stays, where this one was merged into another.
    pub merged_into: Option<Uuid>,
    pub identity: Option<IdentityView>,
    /// Whether their way to sign in is frozen, since another was verified as the owner of the number.
    pub frozen: bool,
    pub licences: Vec<OwnLicence>,
    pub requests: Vec<OwnRequest>,
    pub enrolments: Vec<OwnEnrolment>,
    pub roles: Vec<RoleView>,
    /// Sessions to come that they are the trainer of.
    pub sessions_to_come: i64,
    /// Others registered under the same ID number.
    pub same_number: Vec<Uuid>,
    /// Whether this is who asks: nobody gives or takes a role of their own.
    pub is_self: bool,
}

/// How an identity was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityView {
    pub at: OffsetDateTime,
    /// By the national single sign-on; else by a trainer.
    pub single_sign_on: bool,
}

/// A role of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleView {
    pub role: Role,
    pub since: OffsetDateTime,
}

/// A page of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditPage {
    pub entries: Vec<AuditLine>,
    pub next: Option<String>,
    /// Every code that stands in the log, for the filter.
    pub actions: Vec<String>,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditLine {
    pub id: i64,
    pub at: OffsetDateTime,
    pub actor: Option<Uuid>,
    /// Of staff alone: whoever else acts is an id here.
    pub actor_name: Option<String>,
    pub role: Option<Role>,
    pub action: String,
    pub subject: Option<Uuid>,
    /// Whether the subject is a person, and has a page.
    pub is_person: bool,
    pub detail: Option<String>,
}

/// A page of who read one's record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccessPage {
    pub entries: Vec<AccessLine>,
    pub next: Option<String>,
}

/// A reading of one's record. Who it was stays with the office: the role answers for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLine {
    pub at: OffsetDateTime,
    pub role: Role,
    pub reading: Reading,
}
