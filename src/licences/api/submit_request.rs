//! Submitting a request.

use leptos::prelude::*;

use crate::error::AppError;

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
    use crate::calendar::{hijri_age, riyadh_day};
    use crate::error::{Fields, Problem};
    use crate::licences::model::LicenceKind;
    use crate::licences::store;
    use crate::messages::store::tell;
    use crate::messages::templates::Telling;
    use crate::review::model::AgeBand;
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
    let keys = &caller.state.config.keys;
    crate::review::effect::settle_of(&mut tx, keys, person, now).await?;
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
            if let Some(applicant) = store::applicant(&mut tx, keys, person, locale).await? {
                let years = hijri_age(applicant.birth_date, riyadh_day(now));
                store::note_age_band(&mut tx, &number, AgeBand::of(years)).await?;
            }
            tell(&mut tx, keys, person, &Telling::RequestSubmitted { number: &number }, now).await?;
        }
        number
    };
    tx.commit().await?;
    leptos_axum::redirect(&format!("/account/requests/{number}"));
    Ok(())
}
