//! What a phone knows of a licence without asking the register: its signed token, the days, and the status lists as they
//! were last fetched.

use time::OffsetDateTime;

use crate::licences::model::{LicenceState, LicenceStatus};
use crate::signing::model::{Claims, Purpose, StatusList};

/// The status of a licence by the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    pub status: LicenceStatus,
    /// When the older of the two lists was signed.
    pub signed_at: OffsetDateTime,
    /// Whether that list is older than it may be.
    pub stale: bool,
}

impl Listed {
    /// By one list of each purpose; `None` where one is missing: then there is no saying what the licence is today.
    ///
    /// That a licence is superseded by its renewal no list says: it ended the day before, by its own token.
    pub fn of(claims: &Claims, lists: &[StatusList], now: OffsetDateTime) -> Option<Self> {
        let list = |purpose| lists.iter().find(|list| list.purpose == purpose);
        let (revocation, suspension) = (list(Purpose::Revocation)?, list(Purpose::Suspension)?);
        let state = if revocation.is_set(claims.place) {
            LicenceState::Revoked
        } else if suspension.is_set(claims.place) {
            LicenceState::Suspended
        } else {
            LicenceState::Active
        };
        Some(Self {
            status: LicenceStatus::at(state, claims.valid, false, now),
            signed_at: revocation.signed_at.min(suspension.signed_at),
            stale: revocation.is_stale(now) || suspension.is_stale(now),
        })
    }
}
