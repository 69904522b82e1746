//! The way out to endpoints. Errors are codes, and never quote what was answered.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, redirect};
use time::OffsetDateTime;

use super::address::{Reach, Refused, target};
use super::payload::Change;
use super::signature::sign;
use crate::organisations::store::parcels::Parcel;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long all of it may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Sends a delivery. Any 2xx means that it was taken; of what else is answered nothing is read, and where it leads to is not
/// followed.
///
/// # Errors
/// A code: `answered_503`, `timed_out`, `away`, `address_refused`, `not_composed`.
pub async fn deliver(reach: Reach, parcel: Parcel, now: OffsetDateTime) -> Result<(), String> {
    let url = target(&parcel.url, reach).map_err(|_| "address_refused")?;
    let id = parcel.id.to_string();
    let second = now.unix_timestamp();
    let body = serde_json::to_string(&Change::from(parcel.told)).map_err(|_| "not_composed")?;
    let signature = sign(&parcel.secret, &id, second, &body).ok_or("not_composed")?;
    let client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .dns_resolver(Arc::new(reach))
        .connect_timeout(CONNECT)
        .timeout(TIMEOUT)
        .user_agent("rukhsa")
        .build()
        .map_err(|_| "not_composed")?;
    let answer = client
        .post(url)
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", second.to_string())
        .header("webhook-signature", signature)
        .body(body)
        .send()
        .await
        .map_err(|error| code(&error))?;
    if answer.status().is_success() { Ok(()) } else { Err(format!("answered_{}", answer.status().as_u16())) }
}

fn code(error: &reqwest::Error) -> &'static str {
    let mut cause = error.source();
    while let Some(one) = cause {
        if one.is::<Refused>() {
            return "address_refused";
        }
        cause = one.source();
    }
    if error.is_timeout() { "timed_out" } else { "away" }
}
