//! How often codes are sent and tried, and the national single sign-on is begun. Counted outside the transaction of the
//! act, so that a refusal still counts.

use std::net::IpAddr;

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::error::AppError;
use crate::server::keys::Keys;
use crate::server::rate::Limit;

const PER_MOBILE: Limit = Limit { act: "code_to_mobile", most: 5, window: Duration::minutes(15) };
const PER_MOBILE_A_DAY: Limit = Limit { act: "code_to_mobile_day", most: 10, window: Duration::days(1) };
/// Wide: a whole town may share an address behind a carrier's NAT.
const PER_ADDRESS: Limit = Limit { act: "code_from_address", most: 100, window: Duration::minutes(15) };
/// Wider than sending: every code may be tried five times.
const TRIES_PER_ADDRESS: Limit = Limit { act: "code_try_from_address", most: 500, window: Duration::minutes(15) };
/// As wide as sending: each turn writes a row that stays for ten minutes.
const SINGLE_SIGN_ON_PER_ADDRESS: Limit =
    Limit { act: "single_sign_on_from_address", most: 100, window: Duration::minutes(15) };

/// Counts one code to be sent to the mobile of this hash, asked for from this address.
///
/// # Errors
/// [`AppError::TooMany`] over a limit.
pub async fn count_send(
    connection: &mut PgConnection,
    keys: &Keys,
    mobile_hash: &[u8],
    address: IpAddr,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    PER_ADDRESS.count(&mut *connection, &address_hash(keys, address), now).await?;
    PER_MOBILE.count(&mut *connection, mobile_hash, now).await?;
    PER_MOBILE_A_DAY.count(connection, mobile_hash, now).await
}

/// Counts one try of a code from this address.
///
/// # Errors
/// [`AppError::TooMany`] over the limit.
pub async fn count_try(
    connection: &mut PgConnection,
    keys: &Keys,
    address: IpAddr,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    TRIES_PER_ADDRESS.count(connection, &address_hash(keys, address), now).await
}

/// Counts one turn through the national single sign-on begun from this address.
///
/// # Errors
/// [`AppError::TooMany`] over the limit.
pub async fn count_single_sign_on(
    connection: &mut PgConnection,
    keys: &Keys,
    address: IpAddr,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    SINGLE_SIGN_ON_PER_ADDRESS.count(connection, &address_hash(keys, address), now).await
}

fn address_hash(keys: &Keys, address: IpAddr) -> Vec<u8> {
    keys.hash("address", &address.to_string())
}
