//! Deliveries that were given up, as administrators see them: never whose, nor what they say.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Channel;
use crate::error::{AppError, Problem};
use crate::messages::job::SendMessage;
use crate::place::{Order, Place, cut};
use crate::server::{jobs, keyset};

/// Deliveries on a page.
pub const PAGE: usize = 20;

/// A delivery that was given up.
pub struct Dead {
    pub id: Uuid,
    pub template: String,
    pub channel: Channel,
    pub dead_at: OffsetDateTime,
    pub tries: i16,
    pub last_error: String,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    template: String,
    channel: String,
    dead_at: OffsetDateTime,
    failures: i16,
    last_error: Option<String>,
}

/// What was given up, on both channels or one, in an order, from a place in the list on; and where the next page goes on.
///
/// # Errors
/// When the database is away.
pub async fn dead(
    connection: &mut PgConnection,
    channel: Option<Channel>,
    order: Order,
    after: Option<Place>,
) -> Result<(Vec<Dead>, Option<Place>), AppError> {
    let mut query = QueryBuilder::new(
        "SELECT d.id, m.template, d.channel, d.dead_at, d.failures, d.last_error
         FROM deliveries d JOIN messages m ON m.id = d.message_id WHERE d.state = 'dead'",
    );
    if let Some(channel) = channel.map(Channel::code) {
        query.push(" AND d.channel = ").push_bind(channel);
    }
    keyset::page(&mut query, ["d.dead_at", "d.id"], order, after, PAGE);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.dead_at, id: last.id });
    let dead = rows
        .into_iter()
        .filter_map(|row| {
            Some(Dead {
                id: row.id,
                template: row.template,
                channel: Channel::from_code(&row.channel)?,
                dead_at: row.dead_at,
                tries: row.failures,
                last_error: row.last_error.unwrap_or_default(),
            })
        })
        .collect();
    Ok((dead, next))
}

/// Has one delivery tried again, from the start.
///
/// # Errors
/// [`AppError::NotFound`], or [`Problem::NoLongerPossible`] when it was not given up: somebody else was faster.
pub async fn retry(
    connection: &mut PgConnection,
    administrator: Uuid,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let revived = sqlx::query_scalar!(
        "UPDATE deliveries SET state = 'queued', failures = 0, held_until = NULL, dead_at = NULL
         WHERE id = $1 AND state = 'dead' RETURNING id",
        id
    )
    .fetch_optional(&mut *connection)
    .await?;
    if revived.is_none() {
        sqlx::query_scalar!("SELECT id FROM deliveries WHERE id = $1", id).fetch_one(connection).await?;
        return Problem::NoLongerPossible.refused();
    }
    again(connection, administrator, &[id], now).await
}

/// Has everything that was given up tried again. How many there were.
///
/// # Errors
/// When the database is away.
pub async fn retry_all(
    connection: &mut PgConnection,
    administrator: Uuid,
    now: OffsetDateTime,
) -> Result<usize, AppError> {
    let revived = sqlx::query_scalar!(
        "UPDATE deliveries SET state = 'queued', failures = 0, held_until = NULL, dead_at = NULL
         WHERE state = 'dead' RETURNING id"
    )
    .fetch_all(&mut *connection)
    .await?;
    again(connection, administrator, &revived, now).await?;
    Ok(revived.len())
}

/// The jobs for what is tried again, and who wanted it.
async fn again(
    connection: &mut PgConnection,
    administrator: Uuid,
    deliveries: &[Uuid],
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let sends: Vec<SendMessage> = deliveries.iter().map(|id| SendMessage { id: *id }).collect();
    jobs::add_all(&mut *connection, &sends, now).await?;
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id)
         SELECT $1, $2, 'message_retried', id FROM unnest($3::uuid[]) AS id",
        now,
        administrator,
        deliveries
    )
    .execute(connection)
    .await?;
    Ok(())
}
