//! What a reviewer does: see the queue, take the next, look, let go or approve.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceStatus, RequestState, Requirement, Validity};

/// How the queue stands for the reviewer who asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskView {
    pub waiting: i64,
    pub oldest: Option<OffsetDateTime>,
    /// Number of the request they hold.
    pub held: Option<String>,
}

/// # Errors
/// When the database is away.
#[server(endpoint = "review/desk", input = GetUrl)]
pub async fn desk() -> Result<DeskView, AppError> {
    let caller = crate::access::authorise("review/desk")?;
    let mut connection = caller.connection().await?;
    let desk = super::store::desk(&mut connection, caller.person()?, caller.now).await?;
    Ok(DeskView { waiting: desk.waiting, oldest: desk.oldest, held: desk.held })
}

/// Takes the next request, or the one already held, and leads to it; to the desk where there is none.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "review/take_next")]
pub async fn take_next() -> Result<(), AppError> {
    let caller = crate::access::authorise("review/take_next")?;
    let mut tx = caller.begin().await?;
    let next = super::store::take_next(&mut tx, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&next.map_or_else(|| "/review".to_owned(), |number| format!("/review/{number}")));
    Ok(())
}

/// Everything a decision needs, and nothing more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewView {
    pub number: String,
    pub kind: LicenceKind,
    pub organisation: Option<String>,
    pub submitted_at: OffsetDateTime,
    pub answer_by: Option<OffsetDateTime>,
    pub name: String,
    pub latin_name: String,
    pub birth_date: Date,
    /// Full Hijri years.
    pub age: i32,
    pub place: String,
    pub requirements: Vec<Requirement>,
    pub licences: Vec<(LicenceKind, LicenceStatus, Validity)>,
    pub earlier: Vec<(LicenceKind, RequestState, Date)>,
}

/// The request that the reviewer who asks holds.
///
/// # Errors
/// [`crate::error::Problem::RequestTakenBack`] for any other.
#[server(endpoint = "review/request", input = GetUrl)]
pub async fn request(number: String) -> Result<ReviewView, AppError> {
    use super::store;
    use crate::calendar::{hijri_age, riyadh_day};
    use crate::licences::store as licences;
    let caller = crate::access::authorise("review/request")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let (locale, now) = (caller.locale, caller.now);
    let mut connection = caller.connection().await?;
    let held = store::request(&mut connection, caller.person()?, &number, locale).await?;
    let applicant = licences::applicant(&mut connection, &caller.state.config.keys, held.person, locale)
        .await?
        .ok_or(AppError::NotFound)?;
    let requirements =
        licences::requirements(&mut connection, held.person, held.kind, held.organisation, locale, now).await?;
    let held_licences = licences::licences_of(&mut connection, held.person, now).await?;
    let earlier = store::earlier(&mut connection, held.person, &number).await?;
    Ok(ReviewView {
        number,
        kind: held.kind,
        organisation: held.organisation_name,
        submitted_at: held.submitted_at,
        answer_by: held.answer_by,
        age: hijri_age(applicant.birth_date, riyadh_day(now)),
        name: applicant.name,
        latin_name: applicant.latin_name,
        birth_date: applicant.birth_date,
        place: applicant.place,
        requirements,
        licences: held_licences.into_iter().map(|one| (one.kind, one.status, one.valid)).collect(),
        earlier: earlier.into_iter().map(|one| (one.kind, one.state, riyadh_day(one.at))).collect(),
    })
}

/// Puts the request back into the queue and leads to the desk.
///
/// # Errors
/// [`crate::error::Problem::RequestTakenBack`] when it is not the caller's.
#[server(endpoint = "review/let_go")]
pub async fn let_go(number: String) -> Result<(), AppError> {
    let caller = crate::access::authorise("review/let_go")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    super::store::let_go(&mut tx, caller.person()?, &number).await?;
    tx.commit().await?;
    leptos_axum::redirect("/review");
    Ok(())
}

/// Approves the request: decision, licence and message in one transaction. Then leads to the next.
///
/// # Errors
/// [`crate::error::Problem::RequestTakenBack`], [`crate::error::Problem::TiedToPerson`],
/// [`crate::error::Problem::PrerequisitesMissing`], [`crate::error::Problem::LicenceStillValid`].
#[server(endpoint = "review/approve")]
pub async fn approve(number: String) -> Result<(), AppError> {
    use super::store;
    use crate::i18n::{Locale, td_string};
    use crate::server::keys::random_digits;
    let caller = crate::access::authorise("review/approve")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let (reviewer, now) = (caller.person()?, caller.now);
    let mut tx = caller.begin().await?;
    let approved = store::approve(&mut tx, reviewer, &number, || random_digits(15), now).await?;
    // In Arabic: the language of the request is the reviewer's, and none is kept of the applicant's.
    let licence = approved.licence.number.grouped();
    let body = td_string!(Locale::ar, licences.sms_issued, request = number, number = licence).to_string();
    let keys = &caller.state.config.keys;
    crate::messages::store::notify(&mut tx, keys, approved.applicant, "licence_issued", &body, now).await?;
    tx.commit().await?;
    // The approval stands, whatever becomes of the next claim.
    let mut tx = caller.begin().await?;
    let next = store::take_next(&mut tx, reviewer, now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&next.map_or_else(|| "/review".to_owned(), |number| format!("/review/{number}")));
    Ok(())
}
