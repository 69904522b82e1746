//! The way out to endpoints. Of what went wrong the kind is told, and never what was answered.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, redirect};
use time::OffsetDateTime;

use super::address::{Reach, Refused, target};
use super::payload::Change;
use super::signature::signatures;
use crate::organisations::model::NotTaken;
use crate::organisations::store::parcels::Parcel;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long all of it may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Sends a delivery. Any 2xx means that it was taken; of what else is answered nothing is read, and where it leads to is not
/// followed.
///
/// # Errors
/// Why it was not taken.
pub async fn deliver(reach: Reach, parcel: Parcel, now: OffsetDateTime) -> Result<(), NotTaken> {
    let url = target(&parcel.url, reach).map_err(|_| NotTaken::AddressRefused)?;
    let id = parcel.id.to_string();
    let second = now.unix_timestamp();
    let body = serde_json::to_string(&Change::from(parcel.told)).map_err(|_| NotTaken::NotComposed)?;
    let signature = signatures(&parcel.secrets, &id, second, &body).ok_or(NotTaken::NotComposed)?;
    let client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .dns_resolver(Arc::new(reach))
        .connect_timeout(CONNECT)
        .timeout(TIMEOUT)
        .user_agent("rukhsa")
        .build()
        .map_err(|_| NotTaken::NotComposed)?;
    let answer = client
        .post(url)
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", second.to_string())
        .header("webhook-signature", signature)
        .body(body)
        .send()
        .await
        .map_err(|error| cause(&error))?;
    let status = answer.status();
    if status.is_success() { Ok(()) } else { Err(NotTaken::Answered(status.as_u16())) }
}

fn cause(error: &reqwest::Error) -> NotTaken {
    let mut cause = error.source();
    while let Some(one) = cause {
        if one.is::<Refused>() {
            return NotTaken::AddressRefused;
        }
        cause = one.source();
    }
    if error.is_timeout() { NotTaken::TimedOut } else { NotTaken::Away }
}
