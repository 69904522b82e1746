//! The history of a number, as strangers may know of it.

use sqlx::PgConnection;

use super::model::Step;
use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceNumber, Validity};
use crate::oversight::model::{Event, Reason};
use crate::server::database::internal;
use crate::signing::model::PublicKey;

/// A licence and its events, the oldest first.
pub struct History {
    pub kind: LicenceKind,
    pub valid: Validity,
    pub steps: Vec<Step>,
    /// The ids and reasons of the steps.
    pub events: Vec<(i64, Option<Reason>)>,
}

/// The history of a number. `None` for one that was never issued and for one whose holder was erased: the same statement
/// finds both out.
///
/// # Errors
/// When the database is away.
pub async fn history(connection: &mut PgConnection, number: &LicenceNumber) -> Result<Option<History>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT e.id, e.event, e.at, e.reason, l.kind, lower(l.valid) AS "from!", upper(l.valid) AS "until!"
         FROM licences l JOIN persons p ON p.id = l.person_id JOIN licence_events e ON e.licence_id = l.id
         WHERE l.number = $1 AND p.given_name IS NOT NULL ORDER BY e.id"#,
        number.digits()
    )
    .fetch_all(connection)
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let kind = LicenceKind::from_code(&first.kind).ok_or_else(|| internal(&"unknown kind of a licence"))?;
    let mut history = History { kind, valid: Validity::new(first.from, first.until), steps: vec![], events: vec![] };
    for row in rows {
        let event = Event::from_code(&row.event).ok_or_else(|| internal(&"unknown event of a licence"))?;
        history.steps.push(Step { event, at: row.at });
        history.events.push((row.id, row.reason.as_deref().and_then(Reason::from_code)));
    }
    Ok(Some(history))
}

/// The keys that count today, and every key that ever did.
///
/// # Errors
/// When the database is away.
pub async fn keys(connection: &mut PgConnection) -> Result<(Vec<PublicKey>, Vec<PublicKey>), AppError> {
    let published = crate::signing::store::published(&mut *connection).await?;
    let ever = crate::signing::store::ever_published(connection).await?;
    Ok((crate::signing::model::Jwks { keys: published }.public_keys(), ever.public_keys()))
}
