//! Following one's own request, and taking it back.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::error::AppError;
use crate::licences::model::{LicenceKind, RequestState};
use crate::review::model::{FieldReason, RejectReason, RequestField};

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
    pub appealed_at: Option<OffsetDateTime>,
    /// Number of the licence it renews.
    pub renews: Option<String>,
    /// What a returned request needs mended.
    pub returned: Vec<ReturnedField>,
    /// Why a rejected request was.
    pub rejection: Option<RejectionView>,
}

/// A field to mend: why, and what stands there now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReturnedField {
    pub field: RequestField,
    pub reason: FieldReason,
    /// The reviewer's words.
    pub text: Option<String>,
    pub value: FieldValue,
}

/// What stands in a field, as its inputs take it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FieldValue {
    /// First, father's, grandfather's and family name.
    Name([String; 4]),
    LatinName(String),
    BirthDate(Option<Date>),
    /// The value chosen, and all as (value, text).
    Choice(String, Vec<(String, String)>),
}

/// Why a request was rejected, and until when an appeal is possible.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RejectionView {
    pub reason: RejectReason,
    /// The reviewer's words.
    pub text: Option<String>,
    /// `None` once it is too late or an appeal was decided.
    pub appeal_by: Option<OffsetDateTime>,
}

/// One of the signed-in person's own requests.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number and for another person's alike.
#[server(endpoint = "licences/request", input = GetUrl)]
pub async fn request(number: String) -> Result<RequestView, AppError> {
    use crate::licences::store;

    let caller = crate::access::authorise("licences/request")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let (person, now) = (caller.person()?, caller.now);
    let mut connection = caller.connection().await?;
    let found = store::request(&mut connection, person, &number, caller.locale, now).await?;
    let returned = match found.state {
        RequestState::Returned => crate::licences::mending::returned(&mut connection, &caller, person, &number).await?,
        _ => Vec::new(),
    };
    let rejection = match found.state {
        RequestState::Rejected => store::rejection(&mut connection, person, &number, now).await?,
        _ => None,
    };
    Ok(RequestView {
        number,
        kind: found.kind,
        state: found.state,
        submitted_at: found.submitted_at,
        answer_by: found.answer_by,
        organisation: found.organisation,
        licence: found.licence,
        appealed_at: found.appealed_at,
        renews: found.renews,
        returned,
        rejection: rejection.map(|one| RejectionView {
            reason: one.reason,
            text: one.text,
            appeal_by: one.appeal_by.filter(|by| now < *by),
        }),
    })
}

/// Takes one's own request back before a decision about it takes effect.
///
/// # Errors
/// [`AppError::NotFound`], or [`crate::error::Problem::NoLongerPossible`] once it is decided.
#[server(endpoint = "licences/withdraw_request")]
pub async fn withdraw_request(number: String) -> Result<(), AppError> {
    let caller = crate::access::authorise("licences/withdraw_request")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    crate::review::effect::settle_of(&mut tx, &caller.state.config.keys, caller.person()?, caller.now).await?;
    crate::licences::store::withdraw(&mut tx, caller.person()?, &number, caller.now).await?;
    tx.commit().await?;
    Ok(())
}
