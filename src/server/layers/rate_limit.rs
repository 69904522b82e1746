//! A wide limit per address, against floods. Many phones share one carrier address, so the limits that guard accounts
//! and codes are counted per person in Postgres instead.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::Request;
use tower_governor::GovernorError;
use tower_governor::governor::{GovernorConfig, GovernorConfigBuilder};
use tower_governor::key_extractor::KeyExtractor;

use crate::access::ClientAddress;

/// Requests a second that one address may keep up.
pub const PER_SECOND: u64 = 200;
/// Requests it may send at once.
const BURST: u32 = 1000;

/// Tells requests apart by their address after trusted proxies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByClientAddress;

impl KeyExtractor for ByClientAddress {
    type Key = IpAddr;

    fn extract<T>(&self, request: &Request<T>) -> Result<IpAddr, GovernorError> {
        request.extensions().get::<ClientAddress>().map(|address| address.0).ok_or(GovernorError::UnableToExtractKey)
    }
}

/// The limits in force, or `None` if the figures above make none.
pub fn config() -> Option<Arc<GovernorConfig<ByClientAddress, ::governor::middleware::NoOpMiddleware>>> {
    GovernorConfigBuilder::default()
        .key_extractor(ByClientAddress)
        .period(std::time::Duration::from_micros(1_000_000 / PER_SECOND))
        .burst_size(BURST)
        .finish()
        .map(Arc::new)
}
