//! How messages travel and what becomes of them. Pure, for both targets.

mod quiet;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use quiet::QuietHours;

/// How often a gateway is tried before a delivery waits for an administrator. The queue waits longer each time: e to the
/// power of the tries, in seconds, up to six hours. Twelve tries are some sixteen hours.
pub const MAX_TRIES: i16 = 12;

/// How the URL of the inbox spells that it shows those alone that were not opened yet.
pub const UNOPENED: &str = "new";

/// A way out of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Sms,
    Email,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Sms, Self::Email];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
        }
    }

    /// Reads [`Channel::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What is stored of a delivery's life. What its person is told is [`DeliveryStatus`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    Queued,
    /// The gateway did not take it; it is tried again.
    Failed,
    Sent,
    /// Tried as often as it is. An administrator may have it tried again.
    Dead,
    /// Its person had as many that day as the setting permits.
    Withheld,
    /// It came too late to be of use.
    Expired,
}

impl DeliveryState {
    pub const ALL: [Self; 6] = [Self::Queued, Self::Failed, Self::Sent, Self::Dead, Self::Withheld, Self::Expired];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Failed => "failed",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Withheld => "withheld",
            Self::Expired => "expired",
        }
    }

    /// Reads [`DeliveryState::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the database lets a delivery go from this state to another.
    pub fn can_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Queued, Self::Sent | Self::Failed | Self::Withheld | Self::Expired)
                | (Self::Failed, Self::Sent | Self::Dead | Self::Expired)
                | (Self::Dead, Self::Queued | Self::Expired)
        )
    }
}

/// What became of a delivery, as its person is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    Queued,
    /// Quiet hours hold it back until then.
    Morning {
        at: OffsetDateTime,
    },
    Sent {
        at: OffsetDateTime,
    },
    Retrying,
    Undelivered,
    Withheld,
}

impl DeliveryStatus {
    /// From what is stored, at an instant.
    pub fn at(
        state: DeliveryState,
        held_until: Option<OffsetDateTime>,
        sent_at: Option<OffsetDateTime>,
        now: OffsetDateTime,
    ) -> Self {
        match (state, held_until, sent_at) {
            (DeliveryState::Sent, _, Some(at)) => Self::Sent { at },
            (DeliveryState::Queued | DeliveryState::Failed, Some(at), _) if at > now => Self::Morning { at },
            (DeliveryState::Failed, ..) => Self::Retrying,
            (DeliveryState::Dead | DeliveryState::Expired, ..) => Self::Undelivered,
            (DeliveryState::Withheld, ..) => Self::Withheld,
            (DeliveryState::Queued | DeliveryState::Sent, ..) => Self::Queued,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_status_follows_from_what_is_stored() {
        let (now, later) = (datetime!(2026-11-25 20:00 UTC), datetime!(2026-11-26 4:00 UTC));
        for (state, held, sent, status) in [
            (DeliveryState::Queued, None, None, DeliveryStatus::Queued),
            (DeliveryState::Queued, Some(later), None, DeliveryStatus::Morning { at: later }),
            (DeliveryState::Queued, Some(now), None, DeliveryStatus::Queued),
            (DeliveryState::Failed, Some(later), None, DeliveryStatus::Morning { at: later }),
            (DeliveryState::Failed, None, None, DeliveryStatus::Retrying),
            (DeliveryState::Sent, Some(later), Some(now), DeliveryStatus::Sent { at: now }),
            (DeliveryState::Dead, None, None, DeliveryStatus::Undelivered),
            (DeliveryState::Expired, None, None, DeliveryStatus::Undelivered),
            (DeliveryState::Withheld, None, None, DeliveryStatus::Withheld),
        ] {
            assert_eq!(DeliveryStatus::at(state, held, sent, now), status, "{state:?} {held:?}");
        }
    }
}
