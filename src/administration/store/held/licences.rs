//! What is held of somebody's licences, and of what happened to each.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::administration::model::{Day, HeldEvent, HeldLicence, Instant};
use crate::error::AppError;
use crate::licences::model::{LicenceState, LicenceStatus, Validity};
use crate::server::database::internal;

pub(super) async fn licences(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<HeldLicence>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT l.id, l.number, l.kind, l.state, l.issued_at, lower(l.valid) AS "from!: Date",
             upper(l.valid) AS "until!: Date", renewed(l) AS "renewed!"
         FROM licences l WHERE l.person_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY l.issued_at DESC, l.id"#,
        person
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut steps = history(connection, person).await?;
    rows.into_iter()
        .map(|row| {
            let state = LicenceState::from_code(&row.state).ok_or_else(|| internal(&"unknown state of a licence"))?;
            let valid = Validity::new(row.from, row.until);
            Ok(HeldLicence {
                number: row.number,
                kind: row.kind,
                status: LicenceStatus::at(state, valid, row.renewed, now),
                issued_at: Instant(row.issued_at),
                first_day: Day(valid.from),
                last_day: Day(valid.to),
                history: steps.extract_if(.., |(licence, _)| *licence == row.id).map(|(_, step)| step).collect(),
            })
        })
        .collect()
}

/// The steps of every licence with the licence each is of, oldest first.
async fn history(connection: &mut PgConnection, person: Uuid) -> Result<Vec<(Uuid, HeldEvent)>, AppError> {
    let rows = sqlx::query!(
        "SELECT e.licence_id, e.at, e.event, e.reason FROM licence_events e JOIN licences l ON l.id = e.licence_id
         WHERE l.person_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY e.id",
        person
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.licence_id, HeldEvent { at: Instant(row.at), event: row.event, reason: row.reason }))
        .collect())
}
