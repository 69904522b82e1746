//! Queries behind the public pages: figures, the next sessions, the terms in force.

pub mod feedback;

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::licences::model::LicenceKind;
use crate::review::store::waiting_times;

/// Figures of the whole register.
pub struct Figures {
    pub valid_licences: i64,
    pub teams: i64,
    /// Of the requests decided in the last 30 days: half, and nine of ten, waited no longer.
    pub median_wait_minutes: Option<i64>,
    pub p90_wait_minutes: Option<i64>,
    pub counted_at: OffsetDateTime,
}

/// The figures as last counted by the job, or counted now where it has not run yet.
///
/// # Errors
/// When the database is away.
pub async fn figures(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Figures, AppError> {
    let kept = sqlx::query_as!(
        Figures,
        "SELECT valid_licences, teams, median_wait_minutes, p90_wait_minutes, counted_at FROM public_figures"
    )
    .fetch_optional(&mut *connection)
    .await?;
    match kept {
        Some(figures) => Ok(figures),
        None => count(connection, now).await,
    }
}

/// Counts the figures as of now.
///
/// # Errors
/// When the database is away.
pub async fn count(connection: &mut PgConnection, now: OffsetDateTime) -> Result<Figures, AppError> {
    let row = sqlx::query!(
        r#"SELECT
             (SELECT count(*) FROM licences WHERE state = 'active' AND valid @> $1::date) AS "valid_licences!",
             (SELECT count(*) FROM teams WHERE approved_at <= $2) AS "teams!""#,
        riyadh_day(now),
        now
    )
    .fetch_one(&mut *connection)
    .await?;
    let waited = waiting_times(connection, now).await?;
    Ok(Figures {
        valid_licences: row.valid_licences,
        teams: row.teams,
        median_wait_minutes: waited.median_minutes,
        p90_wait_minutes: waited.p90_minutes,
        counted_at: now,
    })
}

/// Keeps the figures for the home page. Of two instances that count at once, the later count stays.
///
/// # Errors
/// When the database is away.
pub async fn keep(connection: &mut PgConnection, figures: &Figures) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO public_figures AS kept (valid_licences, teams, median_wait_minutes, p90_wait_minutes, counted_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (only_row) DO UPDATE SET valid_licences = excluded.valid_licences, teams = excluded.teams,
             median_wait_minutes = excluded.median_wait_minutes, p90_wait_minutes = excluded.p90_wait_minutes,
             counted_at = excluded.counted_at
         WHERE kept.counted_at < excluded.counted_at",
        figures.valid_licences,
        figures.teams,
        figures.median_wait_minutes,
        figures.p90_wait_minutes,
        figures.counted_at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// When the next session of each licence kind begins that can still be enrolled in.
///
/// # Errors
/// When the database is away.
pub async fn next_sessions(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<Vec<(LicenceKind, OffsetDateTime)>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT g.kind, min(s.starts_at) AS "starts_at!"
         FROM training_sessions s JOIN programmes g ON g.id = s.programme_id
         WHERE s.starts_at > $1 AND s.enrol_by > $1 AND s.cancelled_at IS NULL AND g.retired_at IS NULL
         GROUP BY g.kind"#,
        now
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((LicenceKind::from_code(&row.kind)?, row.starts_at))).collect())
}

/// The settings that a licence kind's page tells.
pub struct Terms {
    pub validity_months: i32,
    pub fee_halalas: i32,
    pub questions: i32,
    pub minutes: i32,
    pub pass_mark_percent: i32,
    pub attempts: i32,
}

/// The terms in force for a licence kind.
///
/// # Errors
/// When the database is away.
pub async fn terms(connection: &mut PgConnection, kind: LicenceKind, now: OffsetDateTime) -> Result<Terms, AppError> {
    Ok(sqlx::query_as!(
        Terms,
        r#"SELECT setting('validity_months', $1, $2) AS "validity_months!", setting('fee_halalas', $1, $2) AS "fee_halalas!",
             setting('test_questions', $1, $2) AS "questions!", setting('test_minutes', $1, $2) AS "minutes!",
             setting('pass_mark_percent', $1, $2) AS "pass_mark_percent!", setting('test_attempts', $1, $2) AS "attempts!""#,
        kind.code(),
        now
    )
    .fetch_one(connection)
    .await?)
}
