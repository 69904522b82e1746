//! One delivery on its way: what it tells and to whom, and how that went.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceState, LicenceStatus, Validity};
use crate::organisations::model::{MAX_TRIES, NotTaken};
use crate::server::database::internal;
use crate::server::keys::{Keys, Purpose};

/// A change of a licence, as the programs of an organisation are told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// `licence.issued`, `licence.renewed`, `licence.suspended`, …
    pub event: String,
    pub at: OffsetDateTime,
    /// Sixteen digits.
    pub number: String,
    pub kind: LicenceKind,
    /// What the change made of it, on its day.
    pub status: LicenceStatus,
    pub issued_at: OffsetDateTime,
    pub valid: Validity,
    /// Which of the changes of its licence it is, from 1.
    pub sequence: i64,
    /// The number of the licence that a correction put in its place.
    pub successor: Option<String>,
    /// The number of the licence that it renews.
    pub renews: Option<String>,
}

/// A delivery and what it tells, as it is stored.
pub(super) struct Row {
    pub id: Uuid,
    pub queued_at: OffsetDateTime,
    pub event: String,
    pub at: OffsetDateTime,
    pub number: String,
    pub kind: String,
    pub issued_at: OffsetDateTime,
    pub valid_from: Date,
    pub valid_until: Date,
    pub sequence: i64,
    pub successor: Option<String>,
    pub renews: Option<String>,
}

impl Row {
    pub fn told(self) -> Result<Told, AppError> {
        let valid = Validity::new(self.valid_from, self.valid_until);
        let state = match self.event.as_str() {
            "issued" | "restored" => LicenceState::Active,
            made => LicenceState::from_code(made).ok_or_else(|| internal(&"unknown event of a licence"))?,
        };
        Ok(Told {
            event: event_type(&self.event, self.renews.is_some()),
            at: self.at,
            number: self.number,
            kind: LicenceKind::from_code(&self.kind).ok_or_else(|| internal(&"unknown licence kind"))?,
            status: LicenceStatus::at(state, valid, false, self.at),
            issued_at: self.issued_at,
            valid,
            sequence: self.sequence,
            successor: self.successor,
            renews: self.renews,
        })
    }
}

/// The type of an event, as programs are told it.
pub(super) fn event_type(event: &str, renews: bool) -> String {
    format!("licence.{}", if event == "issued" && renews { "renewed" } else { event })
}

/// What is sent, and where.
pub struct Parcel {
    pub id: Uuid,
    pub url: String,
    /// As they were shown to who made them: the endpoint's own, then those before it that sign too, the newest first.
    pub secrets: Vec<String>,
    pub told: Told,
}

/// What is still to be sent of a delivery. It stays locked to the end of the transaction, so that a second worker does not
/// send it too. What has nobody to go to, or nothing to tell any more, is dropped.
///
/// # Errors
/// When the database is away.
pub async fn give(
    connection: &mut PgConnection,
    keys: &Keys,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Option<Parcel>, AppError> {
    let row = sqlx::query!(
        r#"SELECT d.queued_at, e.url, e.secret_sealed,
             ARRAY(SELECT s.sealed FROM webhook_old_secrets s WHERE s.endpoint_id = e.id AND s.ends_at > $2
                   ORDER BY s.rotation DESC) AS "old_sealed!",
             e.closed_at IS NOT NULL OR o.approved_at IS NULL OR c.erased AS "over!",
             c.event AS "event!", c.at AS "at!", c.number AS "number!", c.kind AS "kind!",
             c.issued_at AS "issued_at!", c.valid_from AS "valid_from!", c.valid_until AS "valid_until!",
             c.sequence AS "sequence!", c.successor, c.renews
           FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
           JOIN organisations o ON o.id = e.organisation_id JOIN webhook_contents c ON c.delivery_id = d.id
           WHERE d.id = $1 AND d.state IN ('queued', 'failed') FOR UPDATE OF d"#,
        id,
        now
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.over {
        sqlx::query!("UPDATE webhook_deliveries SET state = 'dropped' WHERE id = $1", id).execute(connection).await?;
        return Ok(None);
    }
    let sealed = std::iter::once(&row.secret_sealed).chain(&row.old_sealed);
    let opened = sealed.map(|one| keys.open(Purpose::WebhookSecret, one).map_err(|error| internal(&error)));
    let secrets = opened.collect::<Result<_, AppError>>()?;
    let told = Row {
        id,
        queued_at: row.queued_at,
        event: row.event,
        at: row.at,
        number: row.number,
        kind: row.kind,
        issued_at: row.issued_at,
        valid_from: row.valid_from,
        valid_until: row.valid_until,
        sequence: row.sequence,
        successor: row.successor,
        renews: row.renews,
    };
    Ok(Some(Parcel { id, url: row.url, secrets, told: told.told()? }))
}

/// Notes that an endpoint took a delivery.
///
/// # Errors
/// When the database is away.
pub async fn mark_sent(connection: &mut PgConnection, id: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!(
        "UPDATE webhook_deliveries SET state = 'sent', sent_at = $2, last_error = NULL
         WHERE id = $1 AND state IN ('queued', 'failed')",
        id,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that an endpoint did not take a delivery, and why. Whether it is tried again.
///
/// # Errors
/// When the database is away.
pub async fn mark_failed(
    connection: &mut PgConnection,
    id: Uuid,
    cause: NotTaken,
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    // A delivery fails before it dies: the last try passes through both.
    sqlx::query!(
        "UPDATE webhook_deliveries SET state = 'failed', failures = failures + 1, last_error = $2
         WHERE id = $1 AND state IN ('queued', 'failed')",
        id,
        cause.code()
    )
    .execute(&mut *connection)
    .await?;
    let died = sqlx::query!(
        "UPDATE webhook_deliveries SET state = 'dead', dead_at = $2 WHERE id = $1 AND state = 'failed' AND failures >= $3",
        id,
        now,
        MAX_TRIES
    )
    .execute(connection)
    .await?;
    Ok(died.rows_affected() == 0)
}
