//! What is told of a change: a licence's number, kind, status and days. Whose it is the receiver knows, or has no need to.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::calendar::riyadh_day;
use crate::licences::model::{LicenceKind, LicenceStatus};
use crate::organisations::store::parcels::Told;
use crate::public_api::model::{Status, day, instant};

/// A change of a licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// `licence.issued`, `licence.renewed` for one that follows another, `licence.suspended`, `licence.restored`,
    /// `licence.revoked` or `licence.superseded`. That a licence ends by its days is not told.
    #[serde(rename = "type")]
    #[schema(example = "licence.suspended")]
    pub event: String,
    /// When it was made.
    #[schema(format = DateTime, example = "2026-11-23T09:15:00Z")]
    pub timestamp: String,
    pub data: Changed,
}

/// The licence, as the change left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Changed {
    #[schema(example = "4821093755162049")]
    pub number: String,
    pub kind: LicenceKind,
    /// What the change made of it, on its day.
    pub status: Status,
    /// The day it was issued, in Riyadh.
    #[schema(format = Date, example = "2026-11-23")]
    pub issued: String,
    /// The first valid day, in Riyadh.
    #[schema(format = Date, example = "2026-12-01")]
    pub valid_from: String,
    /// The last valid day, in Riyadh: valid until the midnight after it.
    #[schema(format = Date, example = "2028-11-30")]
    pub valid_to: String,
    /// Which of the changes of this licence it is, from 1: deliveries may arrive in another order.
    #[schema(example = 2)]
    pub sequence: i64,
    /// The number of the licence that a correction put in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "4821093755162049")]
    pub successor: Option<String>,
    /// The number of the licence that it renews.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "4821093755162049")]
    pub renews: Option<String>,
}

impl Change {
    /// A change for people to see what they are told.
    pub fn example() -> Self {
        Self {
            event: "licence.suspended".to_owned(),
            timestamp: "2026-12-05T09:15:00Z".to_owned(),
            data: Changed {
                number: "4821093755162049".to_owned(),
                kind: LicenceKind::Practitioner,
                status: Status::Is(LicenceStatus::Suspended),
                issued: "2026-11-23".to_owned(),
                valid_from: "2026-12-01".to_owned(),
                valid_to: "2028-11-30".to_owned(),
                sequence: 2,
                successor: None,
                renews: None,
            },
        }
    }
}

impl From<Told> for Change {
    fn from(told: Told) -> Self {
        Self {
            event: told.event,
            timestamp: instant(told.at),
            data: Changed {
                number: told.number,
                kind: told.kind,
                status: Status::Is(told.status),
                issued: day(riyadh_day(told.issued_at)),
                valid_from: day(told.valid.from),
                valid_to: day(told.valid.to),
                sequence: told.sequence,
                successor: told.successor,
                renews: told.renews,
            },
        }
    }
}
