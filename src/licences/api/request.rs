//! Following one's own request, and taking it back.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::AppError;
use crate::licences::model::{LicenceKind, RequestState};

/// A request as its applicant follows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestView {
    pub number: String,
    pub kind: LicenceKind,
    pub state: RequestState,
    pub submitted_at: Option<OffsetDateTime>,
    pub answer_by: Option<OffsetDateTime>,
    pub organisation: Option<String>,
    /// Number of the licence it led to.
    pub licence: Option<String>,
}

/// One of the signed-in person's own requests.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number and for another person's alike.
#[server(endpoint = "licences/request", input = GetUrl)]
pub async fn request(number: String) -> Result<RequestView, AppError> {
    let caller = crate::access::authorise("licences/request")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let found = crate::licences::store::request(&mut connection, caller.person()?, &number, caller.locale).await?;
    Ok(RequestView {
        number,
        kind: found.kind,
        state: found.state,
        submitted_at: found.submitted_at,
        answer_by: found.answer_by,
        organisation: found.organisation,
        licence: found.licence,
    })
}

/// Takes one's own request back before it is decided.
///
/// # Errors
/// [`AppError::NotFound`], or [`crate::error::Problem::NoLongerPossible`] once it is decided.
#[server(endpoint = "licences/withdraw_request")]
pub async fn withdraw_request(number: String) -> Result<(), AppError> {
    let caller = crate::access::authorise("licences/withdraw_request")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    crate::licences::store::withdraw(&mut tx, caller.person()?, &number, caller.now).await?;
    tx.commit().await?;
    Ok(())
}
