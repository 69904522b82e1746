//! What a reviewer asked an applicant to mend: even after verification, and nothing else.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::sealed;
use crate::accounts::model::{ArabicName, LatinName, age};
use crate::accounts::name_key::name_key;
use crate::calendar::riyadh_day;
use crate::error::{AppError, Problem};
use crate::server::database::OnConstraint;
use crate::server::keys::Keys;

/// New values of what was returned; the rest stays.
#[derive(Default)]
pub struct Mended {
    pub name: Option<ArabicName>,
    pub latin_name: Option<LatinName>,
    pub birth: Option<Date>,
    /// Region and city, by their codes.
    pub place: Option<(String, String)>,
}

const ON_LICENCE: [(&str, Problem); 1] = [("name_on_licence", Problem::NameOnLicence)];

/// Writes what was mended.
///
/// # Errors
/// [`Problem::PlaceUnknown`], [`Problem::NameOnLicence`] when a licence that has not ended bears the name, or when the database is away.
pub async fn mend(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    mended: &Mended,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    if let Some(name) = &mended.name {
        sqlx::query!(
            "UPDATE persons SET given_name = $2, father_name = $3, grandfather_name = $4, family_name = $5,
                 name_key = $6 WHERE id = $1",
            person,
            name.given,
            name.father,
            name.grandfather,
            name.family,
            name_key(&name.full())
        )
        .execute(&mut *connection)
        .await
        .on_constraint(&ON_LICENCE)?;
    }
    if let Some(latin_name) = &mended.latin_name {
        sqlx::query!("UPDATE persons SET latin_name = $2 WHERE id = $1", person, latin_name.as_str())
            .execute(&mut *connection)
            .await
            .on_constraint(&ON_LICENCE)?;
    }
    if let Some(birth) = mended.birth {
        sqlx::query!(
            "UPDATE persons SET birth_date_sealed = $2, needs_guardian = $3 WHERE id = $1",
            person,
            sealed::birth_date(keys, birth),
            age::needs_guardian(birth, riyadh_day(now))
        )
        .execute(&mut *connection)
        .await?;
    }
    if let Some((region, city)) = &mended.place {
        sqlx::query!("UPDATE persons SET region = $2, city = $3 WHERE id = $1", person, region, city)
            .execute(connection)
            .await
            .on_constraint(&[("persons_region_city_fkey", Problem::PlaceUnknown)])?;
    }
    Ok(())
}
