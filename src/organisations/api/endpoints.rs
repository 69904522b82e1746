//! Endpoints of an organisation: seen, opened, closed; and what they were told, told again.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use crate::error::AppError;
use crate::organisations::model::{DeliveriesPage, WebhooksPage};

/// The endpoints of an organisation.
///
/// # Errors
/// [`AppError::NotFound`] for none.
#[server(endpoint = "organisations/endpoints", input = GetUrl)]
pub async fn endpoints(#[server(default)] organisation: String) -> Result<WebhooksPage, AppError> {
    use crate::organisations::store::{self, secrets};
    use crate::organisations::webhook::PREFIX;

    let caller = crate::access::authorise("organisations/endpoints")?;
    let id = Uuid::parse_str(&organisation).map_err(|_| AppError::NotFound)?;
    let session = caller.actor()?.session;
    let mut connection = caller.connection().await?;
    let organisation = store::one(&mut connection, id, caller.locale).await?;
    let endpoints = store::endpoints::list(&mut connection, id).await?;
    let sealing = &caller.state.config.keys;
    let secret = secrets::shown(&mut connection, sealing, session, id, PREFIX, caller.now).await?;
    Ok(WebhooksPage { organisation, endpoints, secret })
}

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
    let (organisation, endpoint) = store::endpoints::one(&mut connection, id).await?;
    let organisation = store::one(&mut connection, organisation, caller.locale).await?;
    let (deliveries, next) = store::deliveries::list(&mut connection, id, Place::parse(&after)).await?;
    Ok(DeliveriesPage { organisation, endpoint, deliveries, next: next.map(|place| place.code()) })
}

/// Opens an endpoint of an organisation, and leads to where its secret is shown.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`]; invalid for an address that deliveries do not go to; as
/// [`crate::organisations::store::endpoints::open`].
#[server(endpoint = "organisations/open_endpoint")]
pub async fn open_endpoint(organisation: Uuid, #[server(default)] url: String) -> Result<(), AppError> {
    use crate::organisations::webhook::{Reach, checked, new_secret};
    use crate::organisations::{showing, store};

    let caller = crate::access::authorise("organisations/open_endpoint")?;
    caller.require_fresh()?;
    let config = &caller.state.config;
    let url = checked(&url, Reach::of(config)).await.map_err(|problem| problem.on("url"))?;
    let secret = new_secret();
    let mut tx = caller.begin().await?;
    let opened = (organisation, url.as_str(), secret.as_str());
    let id = store::endpoints::open(&mut tx, &config.keys, opened, caller.person()?, caller.now).await?;
    showing::show(&caller, tx, (id, &secret), &format!("/admin/organisations/{organisation}/webhooks")).await
}

/// Closes an endpoint, and leads back to the organisation's.
///
/// # Errors
/// As [`crate::organisations::store::endpoints::close`].
#[server(endpoint = "organisations/close_endpoint")]
pub async fn close_endpoint(endpoint: Uuid) -> Result<(), AppError> {
    use crate::organisations::store;

    let caller = crate::access::authorise("organisations/close_endpoint")?;
    let mut tx = caller.begin().await?;
    let organisation = store::endpoints::close(&mut tx, endpoint, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/organisations/{organisation}/webhooks?done=closed"));
    Ok(())
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

/// Tells an endpoint again everything from the beginning of a day on, in Riyadh.
///
/// # Errors
/// Invalid for what is no day; as [`crate::organisations::store::deliveries::replay_since`].
#[server(endpoint = "organisations/replay_since")]
pub async fn replay_since(
    endpoint: Uuid,
    #[server(default)] since_day: String,
    #[server(default)] since_month: String,
    #[server(default)] since_year: String,
    #[server(default)] since_calendar: String,
) -> Result<(), AppError> {
    use crate::calendar::{Calendar, RIYADH, parse_day};
    use crate::error::Problem;
    use crate::organisations::store;

    let caller = crate::access::authorise("organisations/replay_since")?;
    let since = Calendar::from_code(&since_calendar)
        .ok_or(Problem::ChoiceUnknown)
        .and_then(|calendar| parse_day(calendar, &since_day, &since_month, &since_year))
        .map_err(|problem| problem.on("since_day"))?
        .midnight()
        .assume_offset(RIYADH);
    let mut tx = caller.begin().await?;
    let count = store::deliveries::replay_since(&mut tx, endpoint, since, caller.person()?, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/admin/webhooks/{endpoint}?done={count}"));
    Ok(())
}
