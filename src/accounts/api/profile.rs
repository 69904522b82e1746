//! One's own profile, to be read.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::accounts::model::views;
use crate::error::AppError;

/// The profile of the person who asks, as far as it is filled in.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "accounts/profile", input = GetUrl)]
pub async fn profile() -> Result<views::Profile, AppError> {
    use crate::accounts::store::{profiles, sealed};

    let caller = crate::access::authorise("accounts/profile")?;
    let stored = profiles::get(&mut *caller.connection().await?, caller.person()?).await?;
    let birth_date = match &stored.birth_date_sealed {
        Some(birth) => Some(sealed::open_birth_date(&caller.state.config.keys, birth)?),
        None => None,
    };
    let place = stored.region.zip(stored.city).map(|(region, city)| format!("{region}/{city}"));
    Ok(views::Profile {
        given_name: stored.given_name.unwrap_or_default(),
        father_name: stored.father_name.unwrap_or_default(),
        grandfather_name: stored.grandfather_name.unwrap_or_default(),
        family_name: stored.family_name.unwrap_or_default(),
        latin_name: stored.latin_name.unwrap_or_default(),
        birth_date,
        place: place.unwrap_or_default(),
        email: stored.email.unwrap_or_default(),
        identity_verified: stored.identity_verified_at.is_some(),
    })
}
