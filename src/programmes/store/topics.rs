//! Topics of the question banks: listed, made, changed.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{audit, count};
use crate::error::{AppError, Problem};
use crate::i18n::{Locale, pick};
use crate::programmes::model::{TopicLine, TopicTexts, TopicView};
use crate::server::database::OnConstraint;

/// Every topic by its code, with how many questions it has.
///
/// # Errors
/// When the database is away.
pub async fn topics(connection: &mut PgConnection, locale: Locale) -> Result<Vec<TopicLine>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT t.id, t.code, t.name_ar, t.name_en, coalesce(q.number, 0) AS "questions!"
           FROM topics t
           LEFT JOIN (SELECT topic, count(*) AS number FROM questions WHERE retired_at IS NULL GROUP BY topic) q
               ON q.topic = t.code
           ORDER BY t.code"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TopicLine {
            id: row.id,
            code: row.code,
            name: pick(locale, row.name_ar, row.name_en),
            questions: count(row.questions),
        })
        .collect())
}

/// One topic.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn topic(connection: &mut PgConnection, id: Uuid) -> Result<TopicView, AppError> {
    Ok(sqlx::query_as!(
        TopicView,
        "SELECT id, code, name_ar, name_en, reading_ar, reading_en FROM topics WHERE id = $1",
        id
    )
    .fetch_one(connection)
    .await?)
}

/// Makes a topic.
///
/// # Errors
/// [`Problem::CodeTaken`] against `code`.
pub async fn create(
    connection: &mut PgConnection,
    code: &str,
    texts: &TopicTexts,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO topics (code, name_ar, name_en, reading_ar, reading_en) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        code,
        texts.name_ar,
        texts.name_en,
        texts.reading_ar,
        texts.reading_en
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[("topics_pkey", Problem::CodeTaken)])
    .map_err(|error| match error {
        AppError::Refused(problem) => problem.on("code"),
        error => error,
    })?;
    audit(connection, by, "topic_created", id, now).await?;
    Ok(id)
}

/// Changes the names of a topic and what to read of it; its code stays. The same again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn change(
    connection: &mut PgConnection,
    id: Uuid,
    texts: &TopicTexts,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let changed = sqlx::query!(
        "UPDATE topics SET name_ar = $2, name_en = $3, reading_ar = $4, reading_en = $5
         WHERE id = $1 AND (name_ar, name_en, reading_ar, reading_en) IS DISTINCT FROM ($2, $3, $4, $5)",
        id,
        texts.name_ar,
        texts.name_en,
        texts.reading_ar,
        texts.reading_en
    )
    .execute(&mut *connection)
    .await?;
    if changed.rows_affected() == 1 {
        return audit(connection, by, "topic_changed", id, now).await;
    }
    topic(connection, id).await.map(drop)
}
