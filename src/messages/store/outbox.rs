//! Writing messages, and what the development inbox shows of them.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Channel, locale_code, locale_of};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::messages::job::SendMessage;
use crate::messages::templates::{self, Telling};
use crate::server::jobs;
use crate::server::keys::{Keys, Purpose};

/// A message to be sent to an address, whoever's it is.
pub struct Outgoing<'a> {
    /// Whose it is, where they have an account.
    pub person: Option<Uuid>,
    pub channel: Channel,
    /// A mobile as `+9665xxxxxxxx`, or an e-mail address.
    pub recipient: &'a str,
    /// What it is about, as a code.
    pub template: &'a str,
    pub body: &'a str,
    /// After this it is not worth sending: a code that has expired. Such a message is sent at any hour, counts towards
    /// no cap, and is in no inbox.
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
    let body = templates::whole(message.body);
    let written = Written {
        person: message.person,
        template: message.template,
        locale: Locale::ar,
        body: &body,
        useful_until: message.useful_until,
    };
    let id = write(connection, keys, &written, now).await?;
    deliver(connection, keys, id, message.channel, message.recipient, now).await
}

/// Tells a person something: in their inbox, by text message to the mobile of their newest open account and, for what
/// matters, by e-mail where they gave an address. Who has neither finds it in their inbox. What is told of a record that was
/// merged is told to the one that stays.
///
/// # Errors
/// When the database is away.
pub async fn tell(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    telling: &Telling<'_>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    tell_in_words(connection, keys, person, telling.template(), |locale| telling.text(locale), now).await
}

/// As [`tell`], for what has no template: `body` is the text itself, or comes from [`templates::in_both`].
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
    tell_in_words(connection, keys, person, template, |locale| templates::part(body, locale).to_owned(), now).await
}

async fn tell_in_words(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    template: &str,
    text: impl Fn(Locale) -> String,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let reached = sqlx::query!(
        r#"SELECT p.id, p.language, p.email, a.mobile_sealed AS "mobile_sealed?"
           FROM persons named JOIN persons p ON p.id = coalesce(named.merged_into, named.id)
           LEFT JOIN LATERAL (SELECT mobile_sealed FROM accounts WHERE person_id = p.id AND frozen_at IS NULL
               ORDER BY created_at DESC LIMIT 1) a ON true
           WHERE named.id = $1"#,
        person
    )
    .fetch_one(&mut *connection)
    .await?;
    let locale = locale_of(&reached.language);
    let body = text(locale);
    let written = Written { person: Some(reached.id), template, locale, body: &body, useful_until: None };
    let id = write(connection, keys, &written, now).await?;
    let mobile = reached.mobile_sealed.and_then(|sealed| keys.open(Purpose::Mobile, &sealed).ok());
    if let Some(mobile) = mobile {
        deliver(connection, keys, id, Channel::Sms, &mobile, now).await?;
    }
    if let Some(email) = reached.email.filter(|_| templates::goes_by_mail(template)) {
        deliver(connection, keys, id, Channel::Email, &email, now).await?;
    }
    Ok(())
}

struct Written<'a> {
    person: Option<Uuid>,
    template: &'a str,
    locale: Locale,
    body: &'a str,
    useful_until: Option<OffsetDateTime>,
}

async fn write(
    connection: &mut PgConnection,
    keys: &Keys,
    message: &Written<'_>,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO messages (person_id, template, language, body_sealed, created_at, useful_until)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        message.person,
        message.template,
        locale_code(message.locale),
        keys.seal(Purpose::Message, message.body),
        now,
        message.useful_until
    )
    .fetch_one(connection)
    .await?)
}

/// A delivery of a message, with the job that sends it. In quiet hours the job puts it off.
async fn deliver(
    connection: &mut PgConnection,
    keys: &Keys,
    message: Uuid,
    channel: Channel,
    recipient: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO deliveries (message_id, channel, recipient_sealed, recipient_hash) VALUES ($1, $2, $3, $4)
         RETURNING id",
        message,
        channel.code(),
        keys.seal(Purpose::Mobile, recipient),
        keys.hash("recipient", recipient)
    )
    .fetch_one(&mut *connection)
    .await?;
    jobs::add(connection, &SendMessage { id }, now, None).await
}

/// A delivery as the development inbox shows it.
pub struct Shown {
    pub to: String,
    pub body: String,
    pub at: OffsetDateTime,
}

/// The newest deliveries, to one recipient or to all.
///
/// # Errors
/// When the database is away.
pub async fn newest(connection: &mut PgConnection, keys: &Keys, to: Option<&str>) -> Result<Vec<Shown>, AppError> {
    let rows = sqlx::query!(
        "SELECT d.recipient_sealed, m.body_sealed, m.created_at
         FROM deliveries d JOIN messages m ON m.id = d.message_id
         WHERE $1::bytea IS NULL OR d.recipient_hash = $1 ORDER BY m.created_at DESC, d.id LIMIT 50",
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
