//! The request on the desk.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceStatus, RequestState, Requirement, Validity};
use crate::review::model::{FieldReason, Outcome, RejectReason, RequestField};

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
    /// Earlier decisions about this very request, oldest first.
    pub rounds: Vec<Round>,
    pub appeal: Option<AppealView>,
    pub renewal: Option<RenewalOf>,
}

/// The licence that the request renews.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenewalOf {
    /// In groups of four.
    pub number: String,
    /// Its last day.
    pub ends: Date,
}

/// An earlier decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    pub day: Date,
    pub outcome: Outcome,
    pub reason: Option<RejectReason>,
    pub text: Option<String>,
    pub fields: Vec<(RequestField, FieldReason, Option<String>)>,
}

/// The appeal to decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppealView {
    pub at: OffsetDateTime,
    /// In the applicant's words.
    pub text: Option<String>,
}

/// The request that the reviewer who asks holds and has still to decide.
///
/// # Errors
/// [`crate::error::Problem::RequestTakenBack`] for any other.
#[server(endpoint = "review/request", input = GetUrl)]
pub async fn request(number: String) -> Result<ReviewView, AppError> {
    use crate::administration::model::Reading;
    use crate::administration::store::audit;
    use crate::calendar::{hijri_age, riyadh_day};
    use crate::licences::store as licences;
    use crate::renewal::store as renewal;
    use crate::review::store;
    use crate::ui::number::grouped;

    let caller = crate::access::authorise("review/request")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let (locale, now) = (caller.locale, caller.now);
    let mut connection = caller.connection().await?;
    let held = store::request(&mut connection, caller.person()?, &number, locale, now).await?;
    audit::reading(&mut connection, caller.person()?, Reading::RequestViewed, &[held.person], now).await?;
    let applicant = licences::applicant(&mut connection, &caller.state.config.keys, held.person, locale)
        .await?
        .ok_or(AppError::NotFound)?;
    let requirements = match held.renews {
        Some(licence) => renewal::needs(&mut connection, licence, locale, now).await?,
        None => licences::requirements(&mut connection, held.person, held.kind, held.organisation, locale, now).await?,
    };
    let renews = renewal::renewed_by_request(&mut connection, &number).await?;
    let held_licences = licences::licences_of(&mut connection, held.person, now).await?;
    let earlier = store::earlier(&mut connection, held.person, &number, now).await?;
    let rounds = store::rounds(&mut connection, held.id, now).await?;
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
        rounds: rounds
            .into_iter()
            .map(|one| Round {
                day: riyadh_day(one.at),
                outcome: one.outcome,
                reason: one.reason,
                text: one.text,
                fields: one.fields,
            })
            .collect(),
        appeal: held.appealed_at.map(|at| AppealView { at, text: held.appeal_text }),
        renewal: renews.map(|(_, number, ends)| RenewalOf { number: grouped(&number, 4), ends }),
    })
}
