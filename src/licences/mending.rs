//! What an applicant is shown of a returned request.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Caller;
use crate::accounts::store::{places, profiles, sealed};
use crate::error::AppError;
use crate::licences::api::{FieldValue, ReturnedField};
use crate::licences::store;
use crate::review::model::RequestField;

/// The fields to mend with what stands in them; of the rest, nothing.
pub async fn returned(
    connection: &mut PgConnection,
    caller: &Caller,
    person: Uuid,
    number: &str,
) -> Result<Vec<ReturnedField>, AppError> {
    let fields = store::returned_fields(connection, person, number, caller.now).await?;
    let profile = profiles::get(connection, person).await?;
    let mut shown = Vec::with_capacity(fields.len());
    for one in fields {
        let value = match one.field {
            RequestField::Name => FieldValue::Name(
                [&profile.given_name, &profile.father_name, &profile.grandfather_name, &profile.family_name]
                    .map(|part| part.clone().unwrap_or_default()),
            ),
            RequestField::LatinName => FieldValue::LatinName(profile.latin_name.clone().unwrap_or_default()),
            RequestField::BirthDate => FieldValue::BirthDate(match &profile.birth_date_sealed {
                Some(birth) => Some(sealed::open_birth_date(&caller.state.config.keys, birth)?),
                None => None,
            }),
            RequestField::Place => {
                let place = profile.region.as_ref().zip(profile.city.as_ref());
                let chosen = place.map(|(region, city)| format!("{region}/{city}")).unwrap_or_default();
                FieldValue::Choice(chosen, every_place(connection, caller).await?)
            }
            RequestField::Organisation => {
                let chosen = store::organisation_of(connection, person, number).await?;
                let managed = store::managed_organisations(connection, person, caller.locale).await?;
                let managed = managed.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
                FieldValue::Choice(chosen.map(|id| id.to_string()).unwrap_or_default(), managed)
            }
        };
        shown.push(ReturnedField { field: one.field, reason: one.reason, text: one.text, value });
    }
    Ok(shown)
}

/// Every city with its region, as (value, text).
async fn every_place(connection: &mut PgConnection, caller: &Caller) -> Result<Vec<(String, String)>, AppError> {
    let cities = places::cities(connection).await?;
    Ok(cities
        .into_iter()
        .map(|city| {
            let text = caller.choose(
                format!("{}، {}", city.name_ar, city.region_ar),
                format!("{}, {}", city.name_en, city.region_en),
            );
            (format!("{}/{}", city.region, city.code), text)
        })
        .collect())
}
