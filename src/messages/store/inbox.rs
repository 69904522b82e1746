//! A person's inbox: every message to them, whatever became of it on its way. Codes are never in it.

use std::collections::HashMap;

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Channel, locale_of};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::messages::model::{DeliveryState, DeliveryStatus};
use crate::place::{Order, Place, cut};
use crate::server::database::internal;
use crate::server::keys::{Keys, Purpose};
use crate::server::keyset;

/// Messages on a page.
pub const PAGE: usize = 20;

/// A message in the list.
pub struct Received {
    pub id: Uuid,
    pub template: String,
    pub at: OffsetDateTime,
    pub is_new: bool,
    pub deliveries: Vec<(Channel, DeliveryStatus)>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    template: String,
    created_at: OffsetDateTime,
    is_new: bool,
}

/// A person's messages, all or those that they have not opened, in an order, from a place in the list on; and where the
/// next page goes on.
///
/// # Errors
/// When the database is away.
pub async fn inbox(
    connection: &mut PgConnection,
    person: Uuid,
    unopened: bool,
    order: Order,
    after: Option<Place>,
    now: OffsetDateTime,
) -> Result<(Vec<Received>, Option<Place>), AppError> {
    let mut query = QueryBuilder::new(
        "SELECT id, template, created_at, opened_at IS NULL AS is_new FROM messages
         WHERE useful_until IS NULL AND person_id = ",
    );
    query.push_bind(person);
    if unopened {
        query.push(" AND opened_at IS NULL");
    }
    keyset::page(&mut query, ["created_at", "id"], order, after, PAGE);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(&mut *connection).await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.created_at, id: last.id });
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut deliveries = deliveries(connection, &ids, now).await?;
    let received = rows
        .into_iter()
        .map(|row| Received {
            id: row.id,
            template: row.template,
            at: row.created_at,
            is_new: row.is_new,
            deliveries: deliveries.remove(&row.id).unwrap_or_default(),
        })
        .collect();
    Ok((received, next))
}

/// How messages travelled, by message.
async fn deliveries(
    connection: &mut PgConnection,
    messages: &[Uuid],
    now: OffsetDateTime,
) -> Result<HashMap<Uuid, Vec<(Channel, DeliveryStatus)>>, AppError> {
    let rows = sqlx::query!(
        "SELECT message_id, channel, state, held_until, sent_at FROM deliveries WHERE message_id = ANY($1)
         ORDER BY message_id, channel DESC",
        messages
    )
    .fetch_all(connection)
    .await?;
    let mut found: HashMap<Uuid, Vec<(Channel, DeliveryStatus)>> = HashMap::new();
    for row in rows {
        if let (Some(channel), Some(state)) = (Channel::from_code(&row.channel), DeliveryState::from_code(&row.state)) {
            let status = DeliveryStatus::at(state, row.held_until, row.sent_at, now);
            found.entry(row.message_id).or_default().push((channel, status));
        }
    }
    Ok(found)
}

/// A message in full.
pub struct Message {
    pub received: Received,
    pub locale: Locale,
    pub body: String,
}

/// One message of a person.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown one, another person's, and a code alike.
pub async fn message(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Message, AppError> {
    let row = sqlx::query!(
        r#"SELECT template, language, body_sealed, created_at, opened_at IS NULL AS "is_new!" FROM messages
           WHERE id = $1 AND person_id = $2 AND useful_until IS NULL"#,
        id,
        person
    )
    .fetch_one(&mut *connection)
    .await?;
    let deliveries = deliveries(connection, &[id], now).await?.remove(&id).unwrap_or_default();
    Ok(Message {
        received: Received { id, template: row.template, at: row.created_at, is_new: row.is_new, deliveries },
        locale: locale_of(&row.language),
        body: keys.open(Purpose::Message, &row.body_sealed).map_err(|error| internal(&error))?,
    })
}

/// Notes that a person opened a message of theirs; the first time counts.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown one, another person's, and a code alike.
pub async fn open(connection: &mut PgConnection, person: Uuid, id: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    let opened = sqlx::query!(
        "UPDATE messages SET opened_at = coalesce(opened_at, $3)
         WHERE id = $1 AND person_id = $2 AND useful_until IS NULL",
        id,
        person,
        now
    )
    .execute(connection)
    .await?;
    if opened.rows_affected() == 1 { Ok(()) } else { Err(AppError::NotFound) }
}

/// How many messages of a person are new to them.
///
/// # Errors
/// When the database is away.
pub async fn unopened(connection: &mut PgConnection, person: Uuid) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM messages
           WHERE person_id = $1 AND useful_until IS NULL AND opened_at IS NULL"#,
        person
    )
    .fetch_one(connection)
    .await?)
}
