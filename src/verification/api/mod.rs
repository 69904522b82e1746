//! What anyone may ask about a licence number.

pub mod scanning;

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceStatus, Validity};
use crate::oversight::model::Reason;

/// The answer for a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    #[serde(with = "time::serde::timestamp")]
    pub checked_at: OffsetDateTime,
    pub licence: Option<Shown>,
    /// Whether the full name that this visitor typed a moment ago is the holder's.
    pub name_matches: bool,
}

/// What strangers see of a licence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    #[serde(with = "crate::calendar::as_number")]
    pub issued: Date,
    pub valid: Validity,
    /// Why it is suspended or was revoked.
    pub reason: Option<Reason>,
    /// The licence that a correction put in its place. Then nothing of the holder stands here.
    pub successor: Option<Successor>,
    pub name: Option<String>,
    /// The organisation or team, where one applies.
    pub body: Option<String>,
}

/// The licence that took another's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Successor {
    /// Sixteen digits.
    pub number: String,
    pub status: LicenceStatus,
}

/// What the licence of a number is, now. `name` is the proof that [`check_name`] gives of a name that matched.
///
/// # Errors
/// What is wrong with the number as it was typed.
#[server(endpoint = "verification/look_up", input = GetUrl)]
pub async fn look_up(number: String, #[server(default)] name: String) -> Result<Answer, AppError> {
    let caller = crate::access::authorise("verification/look_up")?;
    let number = crate::licences::model::LicenceNumber::parse(&number).map_err(|problem| problem.on("number"))?;
    if let Some(answer) = crate::verification::stencil::known() {
        return Ok(answer);
    }
    let mut connection = caller.reader().await?;
    let mut answer =
        crate::verification::answering::answer(&mut connection, &number, caller.locale, caller.now).await?;
    // The name of one that a correction replaced is the new licence's.
    let stands = answer.licence.as_ref().is_some_and(|licence| licence.successor.is_none());
    answer.name_matches = stands && !name.is_empty() && crate::verification::name_proof::holds(&caller, &number, &name);
    Ok(answer)
}

/// Whether a full name is the holder's: yes leads back to the answer, which says so; no is an error of the field.
/// A number that was never issued answers no.
///
/// # Errors
/// [`crate::error::Problem::NameDiffers`], or [`AppError::TooMany`] for who guesses.
#[server(endpoint = "verification/check_name")]
pub async fn check_name(number: String, name: String) -> Result<(), AppError> {
    use crate::error::Problem;
    use crate::verification::name_proof;
    let caller = crate::access::authorise("verification/check_name")?;
    let number = crate::licences::model::LicenceNumber::parse(&number).map_err(|problem| problem.on("number"))?;
    if name.trim().is_empty() {
        return Err(Problem::Required.on("name"));
    }
    if name.chars().count() > 250 {
        return Err(Problem::TooLong.on("name"));
    }
    let mut connection = caller.connection().await?;
    let who = caller.state.config.keys.hash("check-name", &caller.address.to_string());
    name_proof::LIMIT.count(&mut connection, &who, caller.now).await?;
    if !crate::verification::store::name_matches(&mut connection, &number, &name).await? {
        return Err(Problem::NameDiffers.on("name"));
    }
    let proof = name_proof::give(&caller, &number);
    leptos_axum::redirect(&format!("/verify/{}?name={proof}", number.digits()));
    Ok(())
}
