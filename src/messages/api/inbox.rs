//! One's inbox.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::AppError;
use crate::messages::model::{Channel, DeliveryStatus};

/// A page of one's own messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InboxPage {
    pub messages: Vec<MessageLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A message in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageLine {
    pub id: Uuid,
    pub title: String,
    pub at: OffsetDateTime,
    /// Not opened yet.
    pub is_new: bool,
    /// How it travelled; empty where there was neither mobile nor address.
    pub deliveries: Vec<(Channel, DeliveryStatus)>,
}

/// The messages of the person who asks, newest first unless another order is named; every argument as the URL of
/// `/account/messages` spells it.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "messages/inbox", input = GetUrl)]
pub async fn inbox(
    #[server(default)] state: String,
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<InboxPage, AppError> {
    use crate::messages::model::UNOPENED;
    use crate::messages::{store, templates};
    use crate::place::{Order, Place};

    let caller = crate::access::authorise("messages/inbox")?;
    let mut connection = caller.connection().await?;
    let (unopened, order) = (state == UNOPENED, Order::parse(&order, Order::Latest));
    let (person, after) = (caller.person()?, Place::parse(&after));
    let (found, next) = store::inbox(&mut connection, person, unopened, order, after, caller.now).await?;
    let messages = found
        .into_iter()
        .map(|one| MessageLine {
            id: one.id,
            title: templates::subject(caller.locale, &one.template).to_owned(),
            at: one.at,
            is_new: one.is_new,
            deliveries: one.deliveries,
        })
        .collect();
    Ok(InboxPage { messages, next: next.map(|place| place.code()) })
}
