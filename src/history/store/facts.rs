//! Events as their leaves say them.

use sqlx::PgConnection;

use crate::error::AppError;
use crate::history::model::{Facts, Licence};
use crate::licences::model::Validity;

/// The facts of those of these events that exist, by their ids.
///
/// # Errors
/// When the database is away.
pub async fn facts(connection: &mut PgConnection, events: &[i64]) -> Result<Vec<Facts>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT e.id, e.event, e.at, e.reason, e.actor_id, e.proposal_id, e.successor_id, l.id AS licence_id, l.number,
             l.kind, lower(l.valid) AS "from!", upper(l.valid) AS "until!", l.person_id, l.request_id, l.organisation_id,
             l.issued_at, l.corrects, l.status_list, l.status_index
         FROM licence_events e JOIN licences l ON l.id = e.licence_id WHERE e.id = ANY($1) ORDER BY e.id"#,
        events
    )
    .fetch_all(connection)
    .await?;
    let facts = rows.into_iter().map(|row| {
        let valid = Validity::new(row.from, row.until);
        Facts {
            event_id: row.id,
            event: row.event,
            at: row.at,
            reason: row.reason,
            actor: row.actor_id,
            proposal: row.proposal_id,
            successor: row.successor_id,
            licence: Licence {
                id: row.licence_id,
                number: row.number,
                kind: row.kind,
                first_day: valid.from,
                last_day: valid.to,
                person: row.person_id,
                request: row.request_id,
                organisation: row.organisation_id,
                issued_at: row.issued_at,
                corrects: row.corrects,
                place: (row.status_list, row.status_index),
            },
        }
    });
    Ok(facts.collect())
}
