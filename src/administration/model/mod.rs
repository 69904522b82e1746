//! Settings and their bounds, readings, places in the log, what is held on a person. Pure, for both targets.

mod blocker;
mod filter;
mod held;
mod iso;
mod reading;
mod setting;
mod views;

pub use blocker::Blocker;
pub use filter::AuditFilter;
#[cfg(test)]
pub(crate) use held::held_fields;
pub use held::{
    Held, HeldAttempt, HeldDecision, HeldEnrolment, HeldEvent, HeldFactor, HeldGuardian, HeldLicence, HeldMessage,
    HeldPaper, HeldProfile, HeldReading, HeldRecord, HeldRequest, HeldRole, HeldSignIn,
};
pub use iso::{Day, Instant};
pub use reading::Reading;
pub use setting::{LONGEST_REASON, SettingKey, Unit, effective_from};
pub use views::{
    AccessLine, AccessPage, AuditLine, AuditPage, ChangeStanding, IdentityView, PersonView, RoleView, SettingChange,
    SettingLine, SettingValue, SettingView, StaffLine, StaffPage,
};
