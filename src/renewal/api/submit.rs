//! Asking for the renewal of one's own licence.

use leptos::prelude::*;

use crate::error::AppError;

/// Submits the renewal; one that is open already is returned to, however often this is sent.
///
/// # Errors
/// [`AppError::NotFound`], what is wrong with the fields, [`crate::error::Problem::PrerequisitesMissing`],
/// [`crate::error::Problem::RequestExists`], and the problems of [`crate::renewal::model::Refusal`].
#[server(endpoint = "renewal/submit")]
pub async fn submit(number: String, #[server(default)] declared: String) -> Result<(), AppError> {
    use crate::calendar::{hijri_age, riyadh_day};
    use crate::error::Problem;
    use crate::licences::model::LicenceNumber;
    use crate::licences::store as licences;
    use crate::messages::store::tell;
    use crate::messages::templates::Telling;
    use crate::renewal::store;
    use crate::review::model::AgeBand;
    use crate::server::keys::random_digits;

    let caller = crate::access::authorise("renewal/submit")?;
    let number = LicenceNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let (person, locale, now) = (caller.person()?, caller.locale, caller.now);
    let keys = &caller.state.config.keys;
    let mut tx = caller.begin().await?;
    crate::review::effect::settle_of(&mut tx, keys, person, now).await?;
    let licence = store::standing(&mut tx, person, &number, locale, now).await?;
    if declared != "true" {
        return Err(Problem::DeclarationNeeded.on("declared"));
    }
    let request = match store::open_request(&mut tx, person, licence.kind, licence.id).await? {
        Some(open) if open.renews_it => open.number,
        Some(_) => return Problem::RequestExists.refused(),
        None => {
            if let Some(refusal) = licence.refusal {
                return refusal.problem().refused();
            }
            let needs = store::needs(&mut tx, licence.id, locale, now).await?;
            if needs.iter().any(|one| !one.met) {
                return Problem::PrerequisitesMissing.refused();
            }
            let (request, new) = store::submit(&mut tx, person, &licence, || random_digits(10), now).await?;
            if new {
                if let Some(applicant) = licences::applicant(&mut tx, keys, person, locale).await? {
                    let years = hijri_age(applicant.birth_date, riyadh_day(now));
                    licences::note_age_band(&mut tx, &request, AgeBand::of(years)).await?;
                }
                tell(&mut tx, keys, person, &Telling::RequestSubmitted { number: &request }, now).await?;
            }
            request
        }
    };
    tx.commit().await?;
    leptos_axum::redirect(&format!("/account/requests/{request}"));
    Ok(())
}
