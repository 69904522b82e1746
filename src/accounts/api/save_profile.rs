//! One's own profile, to be written.

use leptos::prelude::*;

use crate::error::AppError;

/// Saves the profile of the person who asks. Once their identity is verified, name and birth date stay as they are.
///
/// # Errors
/// Every field that needs mending, at once.
#[server(endpoint = "accounts/save_profile")]
pub async fn save_profile(
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
    #[server(default)] email: String,
) -> Result<(), AppError> {
    use crate::accounts::model::{ArabicName, Email, LatinName, age};
    use crate::accounts::store::profiles::{self, Contact, Identity};
    use crate::calendar::riyadh_day;
    use crate::calendar::{Calendar, parse_day};
    use crate::error::{Fields, Problem};

    let caller = crate::access::authorise("accounts/save_profile")?;
    let person = caller.person()?;
    let mut tx = caller.begin().await?;
    let verified = profiles::get(&mut tx, person).await?.identity_verified_at.is_some();

    let mut fields = Fields::default();
    let identity = if verified {
        None
    } else {
        let name = ArabicName::parse(&given_name, &father_name, &grandfather_name, &family_name, &mut fields);
        let latin_name = fields.take("latin_name", LatinName::parse(&latin_name));
        let birth = Calendar::from_code(&birth_calendar)
            .ok_or(Problem::ChoiceUnknown)
            .and_then(|calendar| parse_day(calendar, &birth_day, &birth_month, &birth_year))
            .and_then(|birth| age::possible(birth, riyadh_day(caller.now)));
        let birth = fields.take("birth_day", birth);
        name.zip(latin_name).zip(birth).map(|((name, latin_name), birth)| Identity { name, latin_name, birth })
    };
    let place = fields.take("place", place.split_once('/').ok_or(Problem::PlaceUnknown));
    let email = match Email::parse(&email) {
        Err(Problem::Required) => None,
        email => fields.take("email", email),
    };
    fields.finish()?;
    let Some((region, city)) = place else { return Err(AppError::Malformed) };
    let contact = Contact { region: region.to_owned(), city: city.to_owned(), email };

    let saved = match identity {
        None => profiles::save_contact(&mut tx, person, &contact).await.map(|()| true),
        Some(identity) => {
            profiles::save(&mut tx, &caller.state.config.keys, person, &identity, &contact, caller.now).await
        }
    };
    let saved = saved.map_err(|error| match error {
        AppError::Refused(Problem::PlaceUnknown) => Problem::PlaceUnknown.on("place"),
        error => error,
    })?;
    if !saved {
        return Problem::NoLongerPossible.refused();
    }
    tx.commit().await?;
    leptos_axum::redirect("/account");
    Ok(())
}
