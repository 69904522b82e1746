//! Endpoints of an organisation, and what becomes of the deliveries to them.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Organisation, Secret};

/// How often an endpoint is tried before a delivery waits for an administrator. The queue waits longer each time: e to the
/// power of the tries, in seconds, up to six hours. Twelve tries are some sixteen hours.
pub const MAX_TRIES: i16 = 12;

/// What endpoints are told of, as programs spell it.
pub const EVENTS: [&str; 6] = [
    "licence.issued",
    "licence.renewed",
    "licence.suspended",
    "licence.restored",
    "licence.revoked",
    "licence.superseded",
];

/// What is stored of a delivery's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    Queued,
    /// The endpoint did not take it; it is tried again.
    Failed,
    Sent,
    /// Tried as often as it is. An administrator may replay it.
    Dead,
    /// Its endpoint was closed, or the holder of its licence erased.
    Dropped,
}

impl DeliveryState {
    pub const ALL: [Self; 5] = [Self::Queued, Self::Failed, Self::Sent, Self::Dead, Self::Dropped];

    /// As the database spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Failed => "failed",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Dropped => "dropped",
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
            (Self::Queued, Self::Sent | Self::Failed | Self::Dropped)
                | (Self::Failed, Self::Sent | Self::Dead | Self::Dropped)
                | (Self::Sent | Self::Dead, Self::Queued)
        )
    }
}

/// Why an endpoint did not take a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotTaken {
    /// It answered with this HTTP status, which is no 2xx.
    Answered(u16),
    /// It did not answer in time.
    TimedOut,
    /// No connection to it came about.
    Away,
    /// It is none that deliveries go to, or its name leads to one.
    AddressRefused,
    /// The delivery could not be put together here.
    NotComposed,
}

/// What the code of an answer begins with; its status follows.
const ANSWERED: &str = "answered_";

impl NotTaken {
    /// Those that are no answer.
    const UNANSWERED: [Self; 4] = [Self::TimedOut, Self::Away, Self::AddressRefused, Self::NotComposed];

    /// As the database and the log spell it.
    pub fn code(self) -> String {
        match self {
            Self::Answered(status) => return format!("{ANSWERED}{status}"),
            Self::TimedOut => "timed_out",
            Self::Away => "away",
            Self::AddressRefused => "address_refused",
            Self::NotComposed => "not_composed",
        }
        .to_owned()
    }

    /// Reads [`NotTaken::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        match code.strip_prefix(ANSWERED) {
            Some(status) => status.parse().ok().map(Self::Answered),
            None => Self::UNANSWERED.into_iter().find(|cause| cause.code() == code),
        }
    }
}

/// The endpoints of an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WebhooksPage {
    pub organisation: Organisation,
    /// Open ones first.
    pub endpoints: Vec<EndpointLine>,
    /// What was just made in this sign-in.
    pub secret: Option<Secret>,
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EndpointLine {
    pub id: Uuid,
    pub url: String,
    pub opened_at: OffsetDateTime,
    pub closed_at: Option<OffsetDateTime>,
    /// How many secrets went before its own.
    pub rotations: i32,
    /// Since when it has its own, where one went before.
    pub rotated_at: Option<OffsetDateTime>,
    /// Until when a secret that went before signs too, while one does.
    pub old_signs_until: Option<OffsetDateTime>,
}

/// A page of what an endpoint was told, latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveriesPage {
    pub organisation: Organisation,
    pub endpoint: EndpointLine,
    pub deliveries: Vec<DeliveryLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A delivery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveryLine {
    pub id: Uuid,
    /// Its type, as programs are told it.
    pub event: String,
    /// The licence's number.
    pub number: String,
    pub queued_at: OffsetDateTime,
    pub state: DeliveryState,
    pub tries: i16,
    /// Why the endpoint did not take it when it was tried last.
    pub not_taken: Option<NotTaken>,
}

/// What telling again since a day would send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replayable {
    /// In Riyadh.
    #[serde(with = "crate::calendar::as_number")]
    pub since: Date,
    pub deliveries: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_taken_is_spelt_and_read() {
        for cause in NotTaken::UNANSWERED.into_iter().chain([NotTaken::Answered(301), NotTaken::Answered(503)]) {
            assert_eq!(NotTaken::from_code(&cause.code()), Some(cause));
        }
        assert_eq!(NotTaken::Answered(503).code(), "answered_503");
        for code in ["", "answered_", "answered_x", "answered_70000", "unheard_of"] {
            assert_eq!(NotTaken::from_code(code), None, "{code}");
        }
    }
}
