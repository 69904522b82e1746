//! One delivery on its way: whether it is its turn, what is handed to the gateway, and how that went.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Channel, locale_of};
use crate::calendar::RIYADH;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::messages::job::SendMessage;
use crate::messages::model::{MAX_TRIES, QuietHours};
use crate::server::database::internal;
use crate::server::jobs;
use crate::server::keys::{Keys, Purpose};
use crate::server::rate::Limit;

/// Whether a delivery is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Now,
    /// Another job sends it in the morning.
    Later,
    /// There is nothing to send: it was sent, given up, came too late, or is over the cap.
    Over,
}

/// Decides whether a delivery is sent now. Nothing is sent in quiet hours, nor more to a person in a day than the
/// setting permits; a message that is of use for minutes only knows neither.
///
/// # Errors
/// When the database is away.
pub async fn take_turn(
    connection: &mut PgConnection,
    keys: &Keys,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Turn, AppError> {
    // The message is locked: its other delivery must not decide about the cap at the same time.
    let row = sqlx::query!(
        "SELECT m.id, m.person_id, m.useful_until, m.over_cap,
             setting('quiet_from_hour', NULL, $2) AS quiet_from, setting('quiet_until_hour', NULL, $2) AS quiet_until,
             setting('messages_per_day', NULL, $2) AS per_day
         FROM deliveries d JOIN messages m ON m.id = d.message_id
         WHERE d.id = $1 AND d.state IN ('queued', 'failed') FOR UPDATE OF m",
        id,
        now
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(Turn::Over) };
    if let Some(until) = row.useful_until {
        if now < until {
            return Ok(Turn::Now);
        }
        end(connection, id, "expired").await?;
        return Ok(Turn::Over);
    }
    let quiet = QuietHours::new(row.quiet_from.unwrap_or_default(), row.quiet_until.unwrap_or_default());
    if let Some(morning) = quiet.end(now) {
        sqlx::query!("UPDATE deliveries SET held_until = $2 WHERE id = $1", id, morning)
            .execute(&mut *connection)
            .await?;
        jobs::add(connection, &SendMessage { id }, morning, None).await?;
        return Ok(Turn::Later);
    }
    let over_cap = match (row.over_cap, row.person_id) {
        (Some(decided), _) => decided,
        (None, None) => false,
        (None, Some(person)) => {
            let over = is_over_cap(connection, keys, person, row.per_day, now).await?;
            sqlx::query!("UPDATE messages SET over_cap = $2 WHERE id = $1", row.id, over)
                .execute(&mut *connection)
                .await?;
            over
        }
    };
    if over_cap {
        end(connection, id, "withheld").await?;
        return Ok(Turn::Over);
    }
    Ok(Turn::Now)
}

async fn end(connection: &mut PgConnection, id: Uuid, state: &str) -> Result<(), AppError> {
    sqlx::query!("UPDATE deliveries SET state = $2 WHERE id = $1 AND state IN ('queued', 'failed')", id, state)
        .execute(connection)
        .await?;
    Ok(())
}

/// Counts a message to a person, unless that is over the cap of the day, as days are counted in Riyadh.
async fn is_over_cap(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    per_day: Option<i32>,
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    let Some(most) = per_day else { return Ok(false) };
    if most == 0 {
        return Ok(true);
    }
    let limit = Limit { act: "message_a_day", most, window: Duration::DAY };
    let riyadh = now + Duration::seconds(i64::from(RIYADH.whole_seconds()));
    match limit.count(connection, &keys.hash("person", &person.to_string()), riyadh).await {
        Ok(()) => Ok(false),
        Err(AppError::TooMany { .. }) => Ok(true),
        Err(error) => Err(error),
    }
}

/// What a gateway is handed.
pub struct Parcel {
    pub id: Uuid,
    pub channel: Channel,
    pub recipient: String,
    pub template: String,
    pub locale: Locale,
    pub body: String,
}

/// What is still to be sent of a delivery. It stays locked to the end of the transaction, so that a second worker does
/// not send it too.
///
/// # Errors
/// When the database is away.
pub async fn give(connection: &mut PgConnection, keys: &Keys, id: Uuid) -> Result<Option<Parcel>, AppError> {
    let row = sqlx::query!(
        "SELECT d.channel, d.recipient_sealed, m.template, m.language, m.body_sealed
         FROM deliveries d JOIN messages m ON m.id = d.message_id
         WHERE d.id = $1 AND d.state IN ('queued', 'failed') FOR UPDATE OF d",
        id
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Parcel {
        id,
        channel: Channel::from_code(&row.channel).ok_or_else(|| internal(&"unknown channel"))?,
        recipient: keys.open(Purpose::Mobile, &row.recipient_sealed).map_err(|error| internal(&error))?,
        template: row.template,
        locale: locale_of(&row.language),
        body: keys.open(Purpose::Message, &row.body_sealed).map_err(|error| internal(&error))?,
    }))
}

/// Notes that a delivery was sent.
///
/// # Errors
/// When the database is away.
pub async fn mark_sent(connection: &mut PgConnection, id: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!(
        "UPDATE deliveries SET state = 'sent', sent_at = $2 WHERE id = $1 AND state IN ('queued', 'failed')",
        id,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a gateway did not take a delivery, and why, as a code. Whether it is tried again.
///
/// # Errors
/// When the database is away.
pub async fn mark_failed(
    connection: &mut PgConnection,
    id: Uuid,
    cause: &str,
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    // A delivery fails before it dies: the last try passes through both.
    sqlx::query!(
        "UPDATE deliveries SET state = 'failed', failures = failures + 1, last_error = $2
         WHERE id = $1 AND state IN ('queued', 'failed')",
        id,
        cause
    )
    .execute(&mut *connection)
    .await?;
    let died = sqlx::query!(
        "UPDATE deliveries SET state = 'dead', dead_at = $2 WHERE id = $1 AND state = 'failed' AND failures >= $3",
        id,
        now,
        MAX_TRIES
    )
    .execute(connection)
    .await?;
    Ok(died.rows_affected() == 0)
}
