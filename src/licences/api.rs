//! Asking for a licence, and seeing one's own.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use super::model::{LicenceKind, LicenceStatus, RequestState, Requirement, Validity};
use crate::error::AppError;

/// What somebody about to ask for a licence sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Application {
    pub kind: LicenceKind,
    pub requirements: Vec<Requirement>,
    /// Number of the open request of this kind.
    pub open_request: Option<String>,
    /// Number of the licence of this kind that has not ended.
    pub running_licence: Option<String>,
    /// Organisations to ask for, as (id, name): for the management licence.
    pub organisations: Vec<(String, String)>,
    /// What goes into the request, once all prerequisites are met.
    pub answers: Option<Answers>,
}

/// The answers to check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    pub name: String,
    pub latin_name: String,
    pub birth_date: Date,
    pub place: String,
}

/// What the signed-in person meets and misses of a kind, given as in paths.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown kind.
#[server(endpoint = "licences/prerequisites", input = GetUrl)]
pub async fn prerequisites(kind: String) -> Result<Application, AppError> {
    use super::store;
    let caller = crate::access::authorise("licences/prerequisites")?;
    let kind = LicenceKind::from_slug(&kind).ok_or(AppError::NotFound)?;
    let (person, locale, now) = (caller.person()?, caller.locale, caller.now);
    let mut connection = caller.connection().await?;
    let requirements = store::requirements(&mut connection, person, kind, None, locale, now).await?;
    let organisations = match kind {
        LicenceKind::Management => store::managed_organisations(&mut connection, person, locale).await?,
        _ => Vec::new(),
    };
    let answers = if requirements.iter().all(|one| one.met) {
        store::applicant(&mut connection, &caller.state.config.keys, person, locale).await?.map(|one| Answers {
            name: one.name,
            latin_name: one.latin_name,
            birth_date: one.birth_date,
            place: one.place,
        })
    } else {
        None
    };
    // A management licence runs for one organisation: whether it does is known when one is chosen.
    let running_licence = match kind {
        LicenceKind::Management => None,
        _ => store::running_licence(&mut connection, person, kind, None, now).await?,
    };
    Ok(Application {
        kind,
        requirements,
        open_request: store::open_request(&mut connection, person, kind).await?,
        running_licence,
        organisations: organisations.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        answers,
    })
}

/// Submits a request; an open one of the kind is returned to, however often this is sent.
///
/// # Errors
/// [`crate::error::Problem::PrerequisitesMissing`], [`crate::error::Problem::LicenceStillValid`], or what is wrong with
/// the fields.
#[server(endpoint = "licences/submit_request")]
pub async fn submit_request(
    kind: String,
    #[server(default)] organisation: String,
    #[server(default)] declared: String,
) -> Result<(), AppError> {
    use super::store;
    use crate::error::{Fields, Problem};
    use crate::i18n::td_string;
    use crate::server::keys::random_digits;
    let caller = crate::access::authorise("licences/submit_request")?;
    let kind = LicenceKind::from_slug(&kind).ok_or(AppError::NotFound)?;
    let (person, locale, now) = (caller.person()?, caller.locale, caller.now);
    let mut fields = Fields::default();
    let organisation = match kind {
        LicenceKind::Management => fields.take(
            "organisation",
            match organisation.trim() {
                "" => Err(Problem::Required),
                id => id.parse::<uuid::Uuid>().map_err(|_| Problem::ChoiceUnknown),
            },
        ),
        _ => None,
    };
    if declared != "true" {
        fields.refuse("declared", Problem::DeclarationNeeded);
    }
    fields.finish()?;
    let mut tx = caller.begin().await?;
    let number = if let Some(number) = store::open_request(&mut tx, person, kind).await? {
        number
    } else {
        if store::running_licence(&mut tx, person, kind, organisation, now).await?.is_some() {
            return Problem::LicenceStillValid.refused();
        }
        let requirements = store::requirements(&mut tx, person, kind, organisation, locale, now).await?;
        if requirements.iter().any(|one| !one.met) {
            return Problem::PrerequisitesMissing.refused();
        }
        let (number, new) = store::submit(&mut tx, person, kind, organisation, || random_digits(10), now).await?;
        if new {
            let body = td_string!(locale, licences.sms_submitted, number = number.clone()).to_string();
            let keys = &caller.state.config.keys;
            crate::messages::store::notify(&mut tx, keys, person, "request_submitted", &body, now).await?;
        }
        number
    };
    tx.commit().await?;
    leptos_axum::redirect(&format!("/account/requests/{number}"));
    Ok(())
}

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
    let found = super::store::request(&mut connection, caller.person()?, &number, caller.locale).await?;
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
    super::store::withdraw(&mut tx, caller.person()?, &number, caller.now).await?;
    tx.commit().await?;
    Ok(())
}

/// A licence as its card shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardView {
    /// In groups of four.
    pub number: String,
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    pub checked_at: OffsetDateTime,
    pub issued: Date,
    pub valid: Validity,
    pub name: String,
    pub latin_name: String,
    pub organisation: Option<String>,
    /// Where anyone verifies it: the path of the QR code's address.
    pub verify_path: String,
    /// The QR code, as SVG.
    pub qr: String,
}

/// One of the signed-in person's own licences.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number and for another person's alike.
#[server(endpoint = "licences/card", input = GetUrl)]
pub async fn card(number: String) -> Result<CardView, AppError> {
    let caller = crate::access::authorise("licences/card")?;
    let number = super::model::LicenceNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let card = super::store::card(&mut connection, caller.person()?, &number, caller.locale, caller.now).await?;
    let verify_path = format!("/v/{}", number.digits());
    Ok(CardView {
        qr: super::qr::svg(&format!("{}{verify_path}", caller.state.config.origin))?,
        verify_path,
        number: number.grouped(),
        kind: card.kind,
        status: card.status,
        checked_at: caller.now,
        issued: card.issued,
        valid: card.valid,
        name: card.name,
        latin_name: card.latin_name,
        organisation: card.organisation,
    })
}
