//! Organisations, their keys and their endpoints, as the pages show them. Pure, for both targets.

mod key;
mod webhook;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use key::{KeyLine, KeyStanding, KeysPage, LONGEST_LABEL, Scope};
pub use webhook::{
    DeliveriesPage, DeliveryLine, DeliveryState, EVENTS, EndpointLine, MAX_TRIES, NotTaken, Replayable, WebhooksPage,
};

/// A page of organisations, by their names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganisationsPage {
    pub organisations: Vec<OrganisationLine>,
    /// After which the next page goes on, if there is one.
    pub next: Option<Uuid>,
}

/// An organisation in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganisationLine {
    pub id: Uuid,
    /// In the reader's language.
    pub name: String,
    pub approved: bool,
    /// Keys in force.
    pub keys: i64,
    /// Open endpoints.
    pub endpoints: i64,
}

/// Whose page it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: Uuid,
    /// In the reader's language.
    pub name: String,
    pub approved: bool,
}

/// A secret just made, shown to who made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Secret {
    /// The key or the endpoint whose it is.
    pub subject: Uuid,
    pub text: String,
}
