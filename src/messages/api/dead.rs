//! What could not be delivered, for administrators: seen, and tried again.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::AppError;
use crate::messages::model::Channel;

/// A page of what was given up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeadPage {
    pub dead: Vec<DeadLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A delivery that was given up. Never whose, nor what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeadLine {
    pub id: Uuid,
    /// What it is about, in the reader's language and as a code.
    pub title: String,
    pub template: String,
    pub channel: Channel,
    pub dead_at: OffsetDateTime,
    pub tries: i16,
    /// What the gateway answered last, as a code.
    pub last_error: String,
}

/// What could not be delivered, latest first unless another order is named; every argument as the URL of
/// `/admin/messages` spells it.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "messages/dead", input = GetUrl)]
pub async fn dead(
    #[server(default)] channel: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<DeadPage, AppError> {
    use crate::messages::{store, templates};
    use crate::place::{Order, Place};

    let caller = crate::access::authorise("messages/dead")?;
    let mut connection = caller.connection().await?;
    let (channel, order) = (Channel::from_code(&channel), Order::parse(&order, Order::Latest));
    let (found, next) = store::dead(&mut connection, channel, order, Place::parse(&after)).await?;
    let dead = found
        .into_iter()
        .map(|one| DeadLine {
            id: one.id,
            title: templates::subject(caller.locale, &one.template).to_owned(),
            template: one.template,
            channel: one.channel,
            dead_at: one.dead_at,
            tries: one.tries,
            last_error: one.last_error,
        })
        .collect();
    Ok(DeadPage { dead, next: next.map(|place| place.code()) })
}

/// Has one tried again.
///
/// # Errors
/// [`AppError::NotFound`], [`crate::error::Problem::NoLongerPossible`] when it was not given up.
#[server(endpoint = "messages/retry")]
pub async fn retry(id: String) -> Result<(), AppError> {
    let caller = crate::access::authorise("messages/retry")?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    crate::messages::store::retry(&mut tx, caller.person()?, id, caller.now).await?;
    tx.commit().await?;
    Ok(())
}

/// Has all tried again that there are.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "messages/retry_all")]
pub async fn retry_all() -> Result<(), AppError> {
    let caller = crate::access::authorise("messages/retry_all")?;
    let mut tx = caller.begin().await?;
    crate::messages::store::retry_all(&mut tx, caller.person()?, caller.now).await?;
    tx.commit().await?;
    Ok(())
}
