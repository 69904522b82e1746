//! Whether one's own licence can be renewed, and what that takes.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceStatus, Requirement, Validity};
use crate::renewal::model::Refusal;

/// A licence as its holder renews it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenewalView {
    /// The sixteen digits.
    pub number: String,
    pub kind: LicenceKind,
    pub organisation: Option<String>,
    pub status: LicenceStatus,
    pub valid: Validity,
    /// The first day on which the renewal is open.
    pub opens: Date,
    pub refusal: Option<Refusal>,
    /// The days of the new licence.
    pub next: Validity,
    /// Number and first day of its renewal, once there is one.
    pub renewed_by: Option<(String, Date)>,
    /// Number of the open request of the kind, and whether that renews this licence.
    pub open_request: Option<(String, bool)>,
    pub needs: Vec<Requirement>,
    pub module: Option<ModuleView>,
    /// What the page of the module's test is called by.
    pub test: Uuid,
    /// Name and place as they go into the request, once all is met.
    pub answers: Option<(String, String)>,
}

/// What has changed: to read before the test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModuleView {
    pub title: String,
    pub reading: String,
    pub minutes: i16,
}

/// One of the signed-in person's own licences as something to renew.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number and for another person's alike.
#[server(name = FetchStanding, endpoint = "renewal/standing", input = GetUrl)]
pub async fn standing(number: String) -> Result<RenewalView, AppError> {
    use crate::licences::model::{LicenceNumber, Prerequisite};
    use crate::licences::store as licences;
    use crate::renewal::store::{self, Module};

    let caller = crate::access::authorise("renewal/standing")?;
    let number = LicenceNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let (person, locale, now) = (caller.person()?, caller.locale, caller.now);
    let mut connection = caller.connection().await?;
    let found = store::standing(&mut connection, person, &number, locale, now).await?;
    let open = store::open_request(&mut connection, person, found.kind, found.id).await?;
    let mut needs = store::needs(&mut connection, found.id, locale, now).await?;
    // The programme was passed for the licence that is renewed, and is asked for no second time.
    needs.retain(|one| one.what != Prerequisite::Programme || !one.met);
    let module = Module::in_force(&mut connection, found.kind, now).await?;
    let all_met = found.refusal.is_none() && needs.iter().all(|one| one.met);
    let answers = if all_met && open.is_none() {
        licences::applicant(&mut connection, &caller.state.config.keys, person, locale)
            .await?
            .map(|one| (one.name, one.place))
    } else {
        None
    };
    Ok(RenewalView {
        number: number.digits().to_owned(),
        kind: found.kind,
        organisation: found.organisation_name,
        status: found.status,
        valid: found.valid,
        opens: found.opens,
        refusal: found.refusal,
        next: found.next,
        renewed_by: found.renewed_by,
        open_request: open.map(|one| (one.number, one.renews_it)),
        needs,
        module: module.map(|one| ModuleView {
            title: caller.choose(one.title_ar, one.title_en),
            reading: caller.choose(one.reading_ar, one.reading_en),
            minutes: one.minutes,
        }),
        test: found.id,
        answers,
    })
}
