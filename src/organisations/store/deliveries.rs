//! What endpoints were told: listed, and told again.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::endpoints;
use super::parcels::{Row, Told};
use crate::error::{AppError, Problem};
use crate::organisations::model::{DeliveryLine, DeliveryState, NotTaken};
use crate::place::{Place, cut};
use crate::server::database::internal;

/// Deliveries on a page.
const PAGE: usize = 20;
/// Deliveries that are told again at once, the earliest first: asking again tells the rest.
const MOST_REPLAYED: i64 = 10_000;

/// What an endpoint was told, latest first, from a place on; and where the next page goes on.
///
/// # Errors
/// When the database is away.
pub async fn list(
    connection: &mut PgConnection,
    endpoint: Uuid,
    after: Option<Place<Uuid>>,
) -> Result<(Vec<DeliveryLine>, Option<Place<Uuid>>), AppError> {
    let mut rows = sqlx::query!(
        r#"SELECT d.id, d.state, d.queued_at, d.failures, d.last_error,
             c.event AS "event!", c.number AS "number!", c.renews
           FROM webhook_deliveries d JOIN webhook_contents c ON c.delivery_id = d.id
           WHERE d.endpoint_id = $1 AND ($2::timestamptz IS NULL OR (d.queued_at, d.id) < ($2, $3::uuid))
           ORDER BY d.queued_at DESC, d.id DESC LIMIT $4"#,
        endpoint,
        after.map(|place| place.at),
        after.map(|place| place.id),
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.queued_at, id: last.id });
    let lines = rows.into_iter().map(|row| {
        Ok(DeliveryLine {
            id: row.id,
            event: super::parcels::event_type(&row.event, row.renews.is_some()),
            number: row.number,
            queued_at: row.queued_at,
            state: DeliveryState::from_code(&row.state).ok_or_else(|| internal(&"unknown delivery state"))?,
            tries: row.failures,
            not_taken: row.last_error.as_deref().and_then(NotTaken::from_code),
        })
    });
    Ok((lines.collect::<Result<_, AppError>>()?, next))
}

/// Tells one again what it was told, or could not be. The endpoint whose delivery it is.
///
/// # Errors
/// [`AppError::NotFound`] for none; [`Problem::NoLongerPossible`] for one that is on its way, and where the endpoint is closed.
pub async fn replay(
    connection: &mut PgConnection,
    delivery: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let row = sqlx::query!(
        "SELECT d.endpoint_id, e.organisation_id
         FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id WHERE d.id = $1",
        delivery
    )
    .fetch_one(&mut *connection)
    .await?;
    let replayed = sqlx::query!(
        "UPDATE webhook_deliveries d SET state = 'queued', failures = 0, last_error = NULL, sent_at = NULL, dead_at = NULL
         FROM webhook_endpoints e
         WHERE d.id = $1 AND d.state IN ('sent', 'dead') AND e.id = d.endpoint_id AND e.closed_at IS NULL",
        delivery
    )
    .execute(&mut *connection)
    .await?;
    if replayed.rows_affected() == 0 {
        return Problem::NoLongerPossible.refused();
    }
    endpoints::note(connection, by, "webhook_replayed", row.organisation_id, delivery, now).await?;
    Ok(row.endpoint_id)
}

/// How many deliveries [`replay_since`] would tell an endpoint again.
///
/// # Errors
/// [`AppError::NotFound`] for none; [`Problem::NoLongerPossible`] for a closed one.
pub async fn replayable_since(
    connection: &mut PgConnection,
    endpoint: Uuid,
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<i64, AppError> {
    open(&mut *connection, endpoint, now).await?;
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM (
             SELECT FROM webhook_deliveries
             WHERE endpoint_id = $1 AND queued_at >= $2 AND state IN ('sent', 'dead') LIMIT $3) AS told"#,
        endpoint,
        since,
        MOST_REPLAYED
    )
    .fetch_one(connection)
    .await?;
    Ok(count)
}

/// The organisation of an endpoint that is open.
async fn open(connection: &mut PgConnection, endpoint: Uuid, now: OffsetDateTime) -> Result<Uuid, AppError> {
    let (organisation, line) = endpoints::one(connection, endpoint, now).await?;
    if line.closed_at.is_some() {
        return Problem::NoLongerPossible.refused();
    }
    Ok(organisation)
}

/// Tells an endpoint again everything since an instant that is not on its way. How many there were.
///
/// # Errors
/// [`AppError::NotFound`] for none; [`Problem::NoLongerPossible`] for a closed one.
pub async fn replay_since(
    connection: &mut PgConnection,
    endpoint: Uuid,
    since: OffsetDateTime,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<u64, AppError> {
    let organisation = open(&mut *connection, endpoint, now).await?;
    let replayed = sqlx::query!(
        "UPDATE webhook_deliveries d SET state = 'queued', failures = 0, last_error = NULL, sent_at = NULL, dead_at = NULL
         FROM webhook_endpoints e
         WHERE d.id IN (SELECT id FROM webhook_deliveries
                        WHERE endpoint_id = $1 AND queued_at >= $2 AND state IN ('sent', 'dead')
                        ORDER BY queued_at, id LIMIT $3)
           AND d.state IN ('sent', 'dead') AND e.id = d.endpoint_id AND e.closed_at IS NULL",
        endpoint,
        since,
        MOST_REPLAYED
    )
    .execute(&mut *connection)
    .await?
    .rows_affected();
    endpoints::note(connection, by, "webhook_replayed", organisation, endpoint, now).await?;
    Ok(replayed)
}

/// Deliveries that a program is told of at once.
const MOST_TOLD: i64 = 100;

/// What the endpoints of an organisation were to be told, the earliest first, from a place on: for a program that missed
/// some; and where it asks on, now or when more has happened, unless nothing is there. Those of erased holders are left out.
/// A change that is committed after a later one was read stands before that place, and is not among what follows it.
///
/// # Errors
/// When the database is away.
pub async fn told(
    connection: &mut PgConnection,
    organisation: Uuid,
    after: Option<Place<Uuid>>,
) -> Result<(Vec<(Uuid, Told)>, Option<Place<Uuid>>), AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT d.id, d.queued_at, c.event AS "event!", c.at AS "at!", c.number AS "number!", c.kind AS "kind!",
             c.issued_at AS "issued_at!", c.valid_from AS "valid_from!", c.valid_until AS "valid_until!",
             c.sequence AS "sequence!", c.successor, c.renews
           FROM webhook_endpoints e JOIN webhook_deliveries d ON d.endpoint_id = e.id
           JOIN webhook_contents c ON c.delivery_id = d.id
           WHERE e.organisation_id = $1 AND NOT c.erased
             AND ($2::timestamptz IS NULL OR (d.queued_at, d.id) > ($2, $3::uuid))
           ORDER BY d.queued_at, d.id LIMIT $4"#,
        organisation,
        after.map(|place| place.at),
        after.map(|place| place.id),
        MOST_TOLD
    )
    .fetch_all(connection)
    .await?;
    let next = rows.last().map(|last| Place { at: last.queued_at, id: last.id });
    let told = rows.into_iter().map(|row| Ok((row.id, row.told()?)));
    Ok((told.collect::<Result<_, AppError>>()?, next))
}
