//! One message of one's own: opened, and read.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::AppError;
use crate::messages::model::{Channel, DeliveryStatus};

/// A message in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageView {
    pub title: String,
    pub body: String,
    /// The language it was written in, as HTML spells it.
    pub language: String,
    pub at: OffsetDateTime,
    pub is_new: bool,
    /// The page of the portal that it names.
    pub link: Option<String>,
    pub deliveries: Vec<(Channel, DeliveryStatus)>,
}

/// A message of the person who asks.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown one and another person's alike.
#[server(endpoint = "messages/message", input = GetUrl)]
pub async fn message(id: String) -> Result<MessageView, AppError> {
    use crate::app::locale::direction;
    use crate::messages::{store, templates};
    use crate::text::local_path;

    let caller = crate::access::authorise("messages/message")?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let config = &caller.state.config;
    let found = store::message(&mut connection, &config.keys, caller.person()?, id, caller.now).await?;
    let link = found.body.split_whitespace().find_map(|word| local_path(word.strip_prefix(config.origin.as_str())?));
    Ok(MessageView {
        title: templates::subject(caller.locale, &found.received.template).to_owned(),
        link: link.map(str::to_owned),
        body: found.body,
        language: direction(found.locale).0.to_owned(),
        at: found.received.at,
        is_new: found.received.is_new,
        deliveries: found.received.deliveries,
    })
}

/// Notes that the person who asks opened a message, and leads to it.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown one and another person's alike.
#[server(endpoint = "messages/open")]
pub async fn open(id: String) -> Result<(), AppError> {
    let caller = crate::access::authorise("messages/open")?;
    let id: uuid::Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    crate::messages::store::open(&mut tx, caller.person()?, id, caller.now).await?;
    tx.commit().await?;
    leptos_axum::redirect(&format!("/account/messages/{id}"));
    Ok(())
}
