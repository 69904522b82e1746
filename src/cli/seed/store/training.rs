//! Programmes and sessions of the demonstration set.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::cli::seed::data;
use crate::error::AppError;

/// A programme.
pub async fn insert_programme(connection: &mut PgConnection, programme: &data::Programme) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO programmes (code, kind, title_ar, title_en, summary_ar, summary_en, hours)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        programme.code,
        programme.kind,
        programme.title_ar,
        programme.title_en,
        programme.summary_ar,
        programme.summary_en,
        programme.hours
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A session that can be enrolled in until `enrol_by`; `None` where its trainer holds one of the programme there on that
/// day already.
pub async fn insert_session(
    connection: &mut PgConnection,
    session: &data::Session,
    trainer: Uuid,
    starts_at: OffsetDateTime,
    enrol_by: OffsetDateTime,
) -> Result<Option<Uuid>, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO training_sessions (programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at,
             enrol_by, trainer_id, seats)
         SELECT id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM programmes
         WHERE code = $1 AND NOT EXISTS (
             SELECT FROM training_sessions s
             WHERE s.programme_id = programmes.id AND s.trainer_id = $10 AND s.venue_en = $6
               AND (s.starts_at AT TIME ZONE 'Asia/Riyadh')::date = ($7::timestamptz AT TIME ZONE 'Asia/Riyadh')::date)
         RETURNING id",
        session.programme,
        session.mode,
        session.region,
        session.city,
        session.venue_ar,
        session.venue_en,
        starts_at,
        starts_at + Duration::hours(session.duration_hours),
        enrol_by,
        trainer,
        session.seats
    )
    .fetch_optional(connection)
    .await?;
    Ok(id)
}
