//! Endpoints of an organisation: seen, opened, given other secrets, closed.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use crate::error::AppError;
use crate::organisations::model::WebhooksPage;

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
    let endpoints = store::endpoints::list(&mut connection, id, caller.now).await?;
    let sealing = &caller.state.config.keys;
    let secret = secrets::shown(&mut connection, sealing, session, id, PREFIX, caller.now).await?;
    Ok(WebhooksPage { organisation, endpoints, secret })
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

/// Gives an endpoint another secret, and leads to where it is shown. `rotations` says which one is replaced: how many went
/// before it.
///
/// # Errors
/// [`AppError::SecondFactorNeeded`]; as [`crate::organisations::store::endpoints::rotate`].
#[server(endpoint = "organisations/rotate_secret")]
pub async fn rotate_secret(endpoint: Uuid, rotations: i32) -> Result<(), AppError> {
    use crate::organisations::webhook::new_secret;
    use crate::organisations::{showing, store};

    let caller = crate::access::authorise("organisations/rotate_secret")?;
    caller.require_fresh()?;
    let secret = new_secret();
    let mut tx = caller.begin().await?;
    let (keys, rotated) = (&caller.state.config.keys, (endpoint, rotations, secret.as_str()));
    let organisation = store::endpoints::rotate(&mut tx, keys, rotated, caller.person()?, caller.now).await?;
    showing::show(&caller, tx, (endpoint, &secret), &format!("/admin/organisations/{organisation}/webhooks")).await
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
