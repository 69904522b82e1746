//! Secrets just made: shown to the sign-in that made them, for minutes.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::error::AppError;
use crate::organisations::model::Secret;
use crate::server::keys::{Keys, Purpose};

/// How long a secret is shown.
const SHOWN_FOR: Duration = Duration::minutes(10);

/// Keeps a secret to be shown in a sign-in. `subject` is the key or the endpoint whose it is; of an endpoint whose secret is
/// replaced within minutes, the newest is shown.
///
/// # Errors
/// When the database is away.
pub async fn keep(
    connection: &mut PgConnection,
    keys: &Keys,
    session: Uuid,
    subject: Uuid,
    secret: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO shown_secrets (session_id, subject_id, sealed, made_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (session_id, subject_id) DO UPDATE SET sealed = excluded.sealed, made_at = excluded.made_at",
        session,
        subject,
        keys.seal(Purpose::ShownSecret, secret),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The newest secret of an organisation's keys or endpoints that is still shown in a sign-in, of those that begin so: keys
/// and endpoints have pages of their own.
///
/// # Errors
/// When the database is away.
pub async fn shown(
    connection: &mut PgConnection,
    keys: &Keys,
    session: Uuid,
    organisation: Uuid,
    prefix: &str,
    now: OffsetDateTime,
) -> Result<Option<Secret>, AppError> {
    let rows = sqlx::query!(
        "SELECT s.subject_id, s.sealed FROM shown_secrets s
         WHERE s.session_id = $1 AND s.made_at > $3 AND (
             EXISTS (SELECT FROM api_keys k WHERE k.id = s.subject_id AND k.organisation_id = $2)
             OR EXISTS (SELECT FROM webhook_endpoints e WHERE e.id = s.subject_id AND e.organisation_id = $2))
         ORDER BY s.made_at DESC",
        session,
        organisation,
        now - SHOWN_FOR
    )
    .fetch_all(connection)
    .await?;
    let mut opened = rows.into_iter().filter_map(|row| {
        Some(Secret { subject: row.subject_id, text: keys.open(Purpose::ShownSecret, &row.sealed).ok()? })
    });
    Ok(opened.find(|secret| secret.text.starts_with(prefix)))
}

/// Shows a secret no more: it was copied.
///
/// # Errors
/// When the database is away.
pub async fn hide(connection: &mut PgConnection, session: Uuid, subject: Uuid) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM shown_secrets WHERE session_id = $1 AND subject_id = $2", session, subject)
        .execute(connection)
        .await?;
    Ok(())
}

/// Drops what is shown no more.
///
/// # Errors
/// When the database is away.
pub async fn sweep(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM shown_secrets WHERE made_at <= $1", now - SHOWN_FOR).execute(connection).await?;
    Ok(())
}
