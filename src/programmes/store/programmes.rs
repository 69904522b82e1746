//! Programmes: listed, made, changed, retired, brought back.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{PAGE, asked, audit, count, kind};
use crate::error::{AppError, Problem};
use crate::i18n::{Locale, pick};
use crate::licences::model::LicenceKind;
use crate::place::{Order, Place, cut};
use crate::programmes::model::{ProgrammeFilter, ProgrammeLine, ProgrammeTexts, ProgrammeView, ProgrammesPage};
use crate::server::database::OnConstraint;

/// The programmes of a filter, from a place in the list on.
///
/// # Errors
/// When the database is away.
pub async fn programmes(
    connection: &mut PgConnection,
    filter: ProgrammeFilter,
    after: Option<Place>,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<ProgrammesPage, AppError> {
    let rows = sqlx::query!(
        r#"SELECT p.id, p.code, p.kind, p.title_ar, p.title_en, p.hours, p.created_at,
                  p.retired_at IS NOT NULL AS "retired!",
                  (SELECT count(*) FROM training_sessions s
                   WHERE s.programme_id = p.id AND s.cancelled_at IS NULL AND s.starts_at > $1) AS "upcoming!"
           FROM programmes p
           WHERE (p.retired_at IS NOT NULL) = $2 AND ($3::text IS NULL OR p.kind = $3)
             AND ($4::timestamptz IS NULL OR CASE WHEN $7 THEN (p.created_at, p.id) > ($4, $5::uuid)
                  ELSE (p.created_at, p.id) < ($4, $5::uuid) END)
           ORDER BY CASE WHEN $7::boolean THEN p.created_at END, CASE WHEN $7 THEN p.id END, p.created_at DESC,
                    p.id DESC LIMIT $6"#,
        now,
        filter.retired,
        filter.kind.map(LicenceKind::code),
        after.map(|place| place.at),
        after.map(|place| place.id),
        asked(),
        filter.order == Order::Earliest
    )
    .fetch_all(connection)
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let line = ProgrammeLine {
            id: row.id,
            title: pick(locale, row.title_ar, row.title_en),
            code: row.code,
            kind: kind(&row.kind)?,
            hours: count(row.hours),
            upcoming: count(row.upcoming),
            retired: row.retired,
        };
        lines.push((row.created_at, line));
    }
    let next = cut(&mut lines, PAGE, |(at, line)| Place { at: *at, id: line.id }).map(|place| place.code());
    Ok(ProgrammesPage { programmes: lines.into_iter().map(|(_, line)| line).collect(), next })
}

/// One programme.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn programme(connection: &mut PgConnection, id: Uuid) -> Result<ProgrammeView, AppError> {
    let row = sqlx::query!(
        r#"SELECT code, kind, title_ar, title_en, summary_ar, summary_en, hours, retired_at IS NOT NULL AS "retired!"
           FROM programmes WHERE id = $1"#,
        id
    )
    .fetch_one(connection)
    .await?;
    Ok(ProgrammeView {
        id,
        code: row.code,
        kind: kind(&row.kind)?,
        title_ar: row.title_ar,
        title_en: row.title_en,
        summary_ar: row.summary_ar,
        summary_en: row.summary_en,
        hours: count(row.hours),
        retired: row.retired,
    })
}

/// Makes a programme.
///
/// # Errors
/// [`Problem::CodeTaken`] against `code`.
pub async fn create(
    connection: &mut PgConnection,
    code: &str,
    kind: LicenceKind,
    texts: &ProgrammeTexts,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO programmes (code, kind, title_ar, title_en, summary_ar, summary_en, hours, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        code,
        kind.code(),
        texts.title_ar,
        texts.title_en,
        texts.summary_ar,
        texts.summary_en,
        texts.hours,
        now
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[("programmes_code_key", Problem::CodeTaken)])
    .map_err(|error| match error {
        AppError::Refused(problem) => problem.on("code"),
        error => error,
    })?;
    audit(connection, by, "programme_created", id, now).await?;
    Ok(id)
}

/// Changes the texts and hours of a programme; its code and its licence stay. The same again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn change(
    connection: &mut PgConnection,
    id: Uuid,
    texts: &ProgrammeTexts,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let changed = sqlx::query!(
        "UPDATE programmes SET title_ar = $2, title_en = $3, summary_ar = $4, summary_en = $5, hours = $6
         WHERE id = $1 AND (title_ar, title_en, summary_ar, summary_en, hours) IS DISTINCT FROM ($2, $3, $4, $5, $6)",
        id,
        texts.title_ar,
        texts.title_en,
        texts.summary_ar,
        texts.summary_en,
        texts.hours
    )
    .execute(&mut *connection)
    .await?;
    if changed.rows_affected() == 1 {
        return audit(connection, by, "programme_changed", id, now).await;
    }
    programme(connection, id).await.map(drop)
}

/// Retires a programme, so that no session of it is planned any more, or brings it back. Those planned go on. The same
/// again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn set_retired(
    connection: &mut PgConnection,
    id: Uuid,
    retired: bool,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "UPDATE programmes SET retired_at = CASE WHEN $2 THEN $3::timestamptz END
         WHERE id = $1 AND (retired_at IS NOT NULL) <> $2",
        id,
        retired,
        now
    )
    .execute(&mut *connection)
    .await?;
    if done.rows_affected() == 1 {
        let action = if retired { "programme_retired" } else { "programme_restored" };
        return audit(connection, by, action, id, now).await;
    }
    programme(connection, id).await.map(drop)
}
