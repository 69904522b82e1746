//! Mending what a reviewer asked for, and submitting anew.

use leptos::prelude::*;

use crate::error::AppError;

/// Writes the fields that were returned, and only those, and submits the request anew.
///
/// # Errors
/// What is wrong with the fields, [`AppError::NotFound`], [`crate::error::Problem::NoLongerPossible`] when the request is
/// not returned, [`crate::error::Problem::PrerequisitesMissing`].
#[server(endpoint = "licences/mend_request")]
pub async fn mend_request(
    number: String,
    #[server(default)] given_name: String,
    #[server(default)] father_name: String,
    #[server(default)] grandfather_name: String,
    #[server(default)] family_name: String,
    #[server(default)] latin_name: String,
    #[server(default)] birth_day: String,
    #[server(default)] birth_month: String,
    #[server(default)] birth_year: String,
    #[server(default)] birth_calendar: String,
    #[server(default)] place: String,
    #[server(default)] organisation: String,
) -> Result<(), AppError> {
    use crate::accounts::model::{ArabicName, LatinName, age};
    use crate::accounts::store::mending::{Mended, mend};
    use crate::calendar::{Calendar, hijri_age, parse_day, riyadh_day};
    use crate::error::{Fields, Problem};
    use crate::licences::store;
    use crate::renewal::store::{needs, renewed_by_request};
    use crate::review::model::{AgeBand, RequestField};

    let caller = crate::access::authorise("licences/mend_request")?;
    let number = crate::text::digits(&number).ok_or(AppError::NotFound)?;
    let (person, now, keys) = (caller.person()?, caller.now, &caller.state.config.keys);
    let mut tx = caller.begin().await?;
    crate::review::effect::settle_of(&mut tx, keys, person, now).await?;
    let found = store::request(&mut tx, person, &number, caller.locale, now).await?;

    let (mut mended, mut fields, mut chosen) = (Mended::default(), Fields::default(), None);
    for one in store::returned_fields(&mut tx, person, &number, now).await? {
        match one.field {
            RequestField::Name => {
                mended.name =
                    ArabicName::parse(&given_name, &father_name, &grandfather_name, &family_name, &mut fields);
            }
            RequestField::LatinName => mended.latin_name = fields.take("latin_name", LatinName::parse(&latin_name)),
            RequestField::BirthDate => {
                let birth = Calendar::from_code(&birth_calendar)
                    .ok_or(Problem::ChoiceUnknown)
                    .and_then(|calendar| parse_day(calendar, &birth_day, &birth_month, &birth_year))
                    .and_then(|birth| age::possible(birth, riyadh_day(now)));
                mended.birth = fields.take("birth_day", birth);
            }
            RequestField::Place => {
                let place = place.split_once('/').map(|(region, city)| (region.to_owned(), city.to_owned()));
                mended.place = fields.take("place", place.ok_or(Problem::PlaceUnknown));
            }
            RequestField::Organisation => {
                chosen =
                    fields.take("organisation", organisation.parse::<uuid::Uuid>().map_err(|_| Problem::ChoiceUnknown));
            }
        }
    }
    fields.finish()?;
    mend(&mut tx, keys, person, &mended, now).await.map_err(|error| match error {
        AppError::Refused(Problem::PlaceUnknown) => Problem::PlaceUnknown.on("place"),
        error => error,
    })?;
    if let Some(birth) = mended.birth {
        let years = hijri_age(birth, riyadh_day(now));
        store::note_age_band(&mut tx, &number, AgeBand::of(years)).await?;
    }
    store::resubmit(&mut tx, person, &number, chosen, now).await?;
    let organisation = store::organisation_of(&mut tx, person, &number).await?;
    let requirements = match renewed_by_request(&mut tx, &number).await? {
        Some((licence, ..)) => needs(&mut tx, licence, caller.locale, now).await?,
        None => store::requirements(&mut tx, person, found.kind, organisation, caller.locale, now).await?,
    };
    if requirements.iter().any(|one| !one.met) {
        return Problem::PrerequisitesMissing.refused();
    }
    tx.commit().await?;
    leptos_axum::redirect(&format!("/account/requests/{number}"));
    Ok(())
}
