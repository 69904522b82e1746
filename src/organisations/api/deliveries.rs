//! What an endpoint was told: seen, and told again.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use crate::error::AppError;
use crate::organisations::model::{DeliveriesPage, Replayable};

/// What an endpoint was told; `after` as the URL of its page spells it.
///
/// # Errors
/// [`AppError::NotFound`] for none.
#[server(endpoint = "organisations/deliveries", input = GetUrl)]
pub async fn deliveries(
    #[server(default)] endpoint: String,
    #[server(default)] after: String,
) -> Result<DeliveriesPage, AppError> {
    use crate::organisations::store;
    use crate::place::Place;

    let caller = crate::access::authorise("organisations/deliveries")?;
    let id = Uuid::parse_str(&endpoint).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let (organisation, endpoint) = store::endpoints::one(&mut connection, id, caller.now).await?;
    let organisation = store::one(&mut connection, organisation, caller.locale).await?;
    let (deliveries, next) = store::deliveries::list(&mut connection, id, Place::parse(&after)).await?;
    Ok(DeliveriesPage { organisation, endpoint, deliveries, next: next.map(|place| place.code()) })
}

/// Tells an endpoint again what it was told, or could not be.
///
/// # Errors
/// As [`crate::organisations::store::deliveries::replay`].
#[server(endpoint = "organisations/replay")]
pub async fn replay(delivery: Uuid) -> Result<(), AppError> {
    use crate::organisations::store;

    let caller = crate::access::authorise("organisations/replay")?;
    let mut tx = caller.begin().await?;
    let endpoint = store::deliveries::replay(&mut tx, delivery, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/webhooks/{endpoint}?done=replayed"));
    Ok(())
}

/// How many deliveries would be told again from the beginning of a day on, in Riyadh: asked before they are.
///
/// # Errors
/// Invalid for what is no day; as [`crate::organisations::store::deliveries::replayable_since`].
#[server(endpoint = "organisations/count_replay", input = GetUrl)]
pub async fn count_replay(
    #[server(default)] endpoint: String,
    #[server(default)] since_day: String,
    #[server(default)] since_month: String,
    #[server(default)] since_year: String,
    #[server(default)] since_calendar: String,
) -> Result<Replayable, AppError> {
    use crate::calendar::{Calendar, RIYADH, parse_day};
    use crate::error::Problem;
    use crate::organisations::store;

    let caller = crate::access::authorise("organisations/count_replay")?;
    let id = Uuid::parse_str(&endpoint).map_err(|_| AppError::NotFound)?;
    let since = Calendar::from_code(&since_calendar)
        .ok_or(Problem::ChoiceUnknown)
        .and_then(|calendar| parse_day(calendar, &since_day, &since_month, &since_year))
        .map_err(|problem| problem.on("since_day"))?;
    let begins = since.midnight().assume_offset(RIYADH);
    let mut connection = caller.connection().await?;
    let deliveries = store::deliveries::replayable_since(&mut connection, id, begins, caller.now).await?;
    Ok(Replayable { since, deliveries })
}

/// Tells an endpoint again everything from the beginning of a day on, in Riyadh; the day as in `2026-11-28`.
///
/// # Errors
/// Invalid for what is no day; as [`crate::organisations::store::deliveries::replay_since`].
#[server(endpoint = "organisations/replay_since")]
pub async fn replay_since(endpoint: Uuid, #[server(default)] since: String) -> Result<(), AppError> {
    use crate::calendar::{RIYADH, day_of_iso};
    use crate::error::Problem;
    use crate::organisations::store;

    let caller = crate::access::authorise("organisations/replay_since")?;
    let since = day_of_iso(&since).ok_or_else(|| Problem::DateInvalid.on("since"))?;
    let begins = since.midnight().assume_offset(RIYADH);
    let mut tx = caller.begin().await?;
    let count = store::deliveries::replay_since(&mut tx, endpoint, begins, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/webhooks/{endpoint}?done={count}"));
    Ok(())
}
