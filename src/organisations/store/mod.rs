//! Every query about organisations, their keys and their endpoints.

pub mod deliveries;
pub mod endpoints;
pub mod keys;
mod list;
pub mod parcels;
pub mod programs;
pub mod secrets;

pub use list::{list, one};

use crate::error::Problem;

/// What the database refuses of keys and endpoints.
const REFUSALS: [(&str, Problem); 7] = [
    ("api_keys_by_administrator", Problem::NoLongerPossible),
    ("api_keys_of_approved", Problem::NoLongerPossible),
    ("api_keys_follows", Problem::NoLongerPossible),
    ("api_keys_one_successor", Problem::NoLongerPossible),
    ("webhook_endpoints_by_administrator", Problem::NoLongerPossible),
    ("webhook_endpoints_of_approved", Problem::NoLongerPossible),
    ("webhook_endpoints_once", Problem::EndpointOpen),
];
