//! The outbox. A message and the job that sends it are written in the transaction of the change they tell of.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::job::SendMessage;
use crate::error::AppError;
use crate::server::jobs;
use crate::server::keys::{Keys, Purpose};

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Sms,
    Email,
}

impl Channel {
    fn code(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
        }
    }

    fn from_code(code: &str) -> Self {
        if code == "email" { Self::Email } else { Self::Sms }
    }
}

/// A message to be sent.
pub struct Outgoing<'a> {
    /// Whose it is, where they have an account.
    pub person: Option<Uuid>,
    pub channel: Channel,
    /// A mobile as `+9665xxxxxxxx`, or an e-mail address.
    pub recipient: &'a str,
    /// What it is about, as a code.
    pub template: &'a str,
    pub body: &'a str,
    /// After this it is not worth sending: a code that has expired.
    pub useful_until: Option<OffsetDateTime>,
}

/// Puts a message in the outbox, with the job that sends it.
///
/// # Errors
/// When the database is away.
pub async fn enqueue(
    connection: &mut PgConnection,
    keys: &Keys,
    message: &Outgoing<'_>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO messages (person_id, channel, template, recipient_sealed, recipient_hash, body_sealed, created_at,
             useful_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        message.person,
        message.channel.code(),
        message.template,
        keys.seal(Purpose::Mobile, message.recipient),
        keys.hash("recipient", message.recipient),
        keys.seal(Purpose::Message, message.body),
        now,
        message.useful_until
    )
    .fetch_one(&mut *connection)
    .await?;
    jobs::add(connection, &SendMessage { id }, now, None).await
}

/// Texts a person at the mobile of their newest open account. Who has none is not told: their inbox still shows it.
///
/// # Errors
/// When the database is away.
pub async fn notify(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    template: &str,
    body: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let sealed = sqlx::query_scalar!(
        "SELECT mobile_sealed FROM accounts WHERE person_id = $1 AND frozen_at IS NULL
         ORDER BY created_at DESC LIMIT 1",
        person
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(mobile) = sealed.and_then(|sealed| keys.open(Purpose::Mobile, &sealed).ok()) else { return Ok(()) };
    let message = Outgoing {
        person: Some(person),
        channel: Channel::Sms,
        recipient: &mobile,
        template,
        body,
        useful_until: None,
    };
    enqueue(connection, keys, &message, now).await
}

/// A message on its way out, opened.
pub struct Due {
    pub channel: Channel,
    pub recipient: String,
    pub body: String,
}

/// A message that is still to be sent; `None` once it was, or when it is of no use any more.
///
/// # Errors
/// When the database is away.
pub async fn due(
    connection: &mut PgConnection,
    keys: &Keys,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Option<Due>, AppError> {
    let row = sqlx::query!(
        "SELECT channel, recipient_sealed, body_sealed FROM messages
         WHERE id = $1 AND sent_at IS NULL AND (useful_until IS NULL OR useful_until > $2) FOR UPDATE",
        id,
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.and_then(|row| {
        Some(Due {
            channel: Channel::from_code(&row.channel),
            recipient: keys.open(Purpose::Mobile, &row.recipient_sealed).ok()?,
            body: keys.open(Purpose::Message, &row.body_sealed).ok()?,
        })
    }))
}

/// Notes that a message was sent.
///
/// # Errors
/// When the database is away.
pub async fn mark_sent(connection: &mut PgConnection, id: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("UPDATE messages SET sent_at = $2 WHERE id = $1 AND sent_at IS NULL", id, now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that a gateway did not take a message.
///
/// # Errors
/// When the database is away.
pub async fn mark_failed(connection: &mut PgConnection, id: Uuid) -> Result<(), AppError> {
    sqlx::query!("UPDATE messages SET failures = failures + 1 WHERE id = $1", id).execute(connection).await?;
    Ok(())
}

/// A message as the development inbox shows it.
pub struct Shown {
    pub to: String,
    pub body: String,
    pub at: OffsetDateTime,
}

/// The newest messages, to one recipient or to all.
///
/// # Errors
/// When the database is away.
pub async fn newest(connection: &mut PgConnection, keys: &Keys, to: Option<&str>) -> Result<Vec<Shown>, AppError> {
    let rows = sqlx::query!(
        "SELECT recipient_sealed, body_sealed, created_at FROM messages
         WHERE $1::bytea IS NULL OR recipient_hash = $1 ORDER BY created_at DESC, id LIMIT 50",
        to.map(|to| keys.hash("recipient", to))
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Shown {
                to: keys.open(Purpose::Mobile, &row.recipient_sealed).ok()?,
                body: keys.open(Purpose::Message, &row.body_sealed).ok()?,
                at: row.created_at,
            })
        })
        .collect())
}
