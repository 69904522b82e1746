//! What happened to a licence, step by step.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::AppError;
use crate::oversight::model::{Event, Reason};
use crate::server::database::internal;

/// A step of a licence's history.
pub struct Step {
    pub at: OffsetDateTime,
    pub event: Event,
    pub reason: Option<Reason>,
    /// What the officer wrote, for officers; `None` where nothing was, or once erased.
    pub text: Option<String>,
}

/// The history of a licence, oldest first.
///
/// # Errors
/// When the database is away.
pub async fn history(connection: &mut PgConnection, licence: Uuid) -> Result<Vec<Step>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT e.at, e.event, e.reason, t.body AS "text?"
         FROM licence_events e LEFT JOIN licence_event_texts t ON t.event_id = e.id
         WHERE e.licence_id = $1 ORDER BY e.id LIMIT 200"#,
        licence
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let event = Event::from_code(&row.event).ok_or_else(|| internal(&"unknown event"))?;
            Ok(Step { at: row.at, event, reason: row.reason.as_deref().and_then(Reason::from_code), text: row.text })
        })
        .collect()
}

/// The number of the licence that a correction put in the place of one; the last, where it was corrected again.
///
/// # Errors
/// When the database is away.
pub async fn successor(connection: &mut PgConnection, licence: Uuid) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT next.number FROM licences one JOIN licences next ON next.request_id = one.request_id
         WHERE one.id = $1 AND one.superseded_by IS NOT NULL AND next.superseded_by IS NULL",
        licence
    )
    .fetch_optional(connection)
    .await?)
}

/// The number of the licence that one corrects.
///
/// # Errors
/// When the database is away.
pub async fn predecessor(connection: &mut PgConnection, licence: Uuid) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT old.number FROM licences one JOIN licences old ON old.id = one.corrects WHERE one.id = $1",
        licence
    )
    .fetch_optional(connection)
    .await?)
}
