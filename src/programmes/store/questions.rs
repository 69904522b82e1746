//! The question banks. A question is never rewritten: mending it retires it and makes another in its place.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{PAGE, asked, audit, choices, kind, pick, statistics};
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::licences::model::LicenceKind;
use crate::programmes::model::{
    Cursor, Order, QuestionFilter, QuestionLine, QuestionTexts, QuestionView, QuestionsPage, TypedQuestion,
};
use crate::server::database::OnConstraint;

/// The questions of a filter, from a place in the list on, with how each did.
///
/// # Errors
/// When the database is away.
pub async fn questions(
    connection: &mut PgConnection,
    filter: &QuestionFilter,
    after: Option<Cursor>,
    locale: Locale,
) -> Result<QuestionsPage, AppError> {
    let rows = sqlx::query!(
        r#"SELECT q.id, q.kind, t.name_ar AS topic_ar, t.name_en AS topic_en, q.stem_ar, q.stem_en, q.created_at,
                  q.retired_at IS NOT NULL AS "retired!", q.replaces IS NOT NULL AS "mended!"
           FROM questions q JOIN topics t ON t.code = q.topic
           WHERE (q.retired_at IS NOT NULL) = $1 AND ($2::text IS NULL OR q.kind = $2)
             AND ($3::text IS NULL OR q.topic = $3)
             AND ($4::timestamptz IS NULL OR CASE WHEN $7 THEN (q.created_at, q.id) > ($4, $5::uuid)
                  ELSE (q.created_at, q.id) < ($4, $5::uuid) END)
           ORDER BY CASE WHEN $7::boolean THEN q.created_at END, CASE WHEN $7 THEN q.id END, q.created_at DESC,
                    q.id DESC LIMIT $6"#,
        filter.retired,
        filter.kind.map(LicenceKind::code),
        filter.topic.as_deref(),
        after.map(|cursor| cursor.at),
        after.map(|cursor| cursor.id),
        asked(),
        filter.order == Order::Earliest
    )
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut statistics = statistics::of(connection, &ids).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let line = QuestionLine {
            id: row.id,
            kind: kind(&row.kind)?,
            topic: pick(locale, row.topic_ar, row.topic_en),
            stem: pick(locale, row.stem_ar, row.stem_en),
            retired: row.retired,
            mended: row.mended,
            statistics: statistics.remove(&row.id).unwrap_or_else(statistics::none),
        };
        lines.push((row.created_at, line));
    }
    let next = Cursor::cut(&mut lines, PAGE, |(at, line)| Cursor { at: *at, id: line.id });
    let questions = lines.into_iter().map(|(_, line)| line).collect();
    Ok(QuestionsPage { questions, next, topics: choices::topics(connection, locale).await? })
}

/// One question, to be mended.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn question(connection: &mut PgConnection, id: Uuid, locale: Locale) -> Result<QuestionView, AppError> {
    let row = sqlx::query!(
        r#"SELECT q.kind, q.topic, q.stem_ar, q.stem_en, q.retired_at IS NOT NULL AS "retired!", q.replaces,
                  n.id AS "replaced_by?"
           FROM questions q LEFT JOIN questions n ON n.replaces = q.id WHERE q.id = $1"#,
        id
    )
    .fetch_one(&mut *connection)
    .await?;
    let options =
        sqlx::query!("SELECT text_ar, text_en, correct FROM question_options WHERE question_id = $1 ORDER BY id", id)
            .fetch_all(&mut *connection)
            .await?;
    let texts = QuestionTexts {
        kind: kind(&row.kind)?,
        topic: row.topic,
        stem_ar: row.stem_ar,
        stem_en: row.stem_en,
        correct: options.iter().position(|option| option.correct).unwrap_or_default(),
        options: options.into_iter().map(|option| (option.text_ar, option.text_en)).collect(),
    };
    Ok(QuestionView {
        id: Some(id),
        typed: TypedQuestion::of(&texts),
        retired: row.retired,
        replaces: row.replaces,
        replaced_by: row.replaced_by,
        statistics: statistics::of(connection, &[id]).await?.remove(&id).unwrap_or_else(statistics::none),
        topics: choices::topics(connection, locale).await?,
    })
}

/// Makes a question; `key` is its row's in an imported file.
///
/// # Errors
/// [`Problem::ChoiceUnknown`] against `topic`.
pub async fn create(
    connection: &mut PgConnection,
    texts: &QuestionTexts,
    replaces: Option<Uuid>,
    key: Option<&str>,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO questions (kind, topic, stem_ar, stem_en, replaces, import_key, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        texts.kind.code(),
        texts.topic,
        texts.stem_ar,
        texts.stem_en,
        replaces,
        key,
        now
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[
        ("questions_topic_fkey", Problem::ChoiceUnknown),
        ("questions_replaced_once", Problem::NoLongerPossible),
    ])
    .map_err(|error| match error {
        AppError::Refused(Problem::ChoiceUnknown) => Problem::ChoiceUnknown.on("topic"),
        error => error,
    })?;
    let (ar, en): (Vec<String>, Vec<String>) = texts.options.iter().cloned().unzip();
    let correct: Vec<bool> = (0..texts.options.len()).map(|place| place == texts.correct).collect();
    sqlx::query!(
        "INSERT INTO question_options (question_id, text_ar, text_en, correct)
         SELECT $1, o.ar, o.en, o.correct FROM unnest($2::text[], $3::text[], $4::boolean[]) AS o(ar, en, correct)",
        id,
        &ar,
        &en,
        &correct
    )
    .execute(&mut *connection)
    .await?;
    audit(connection, by, "question_created", id, now).await?;
    Ok(id)
}

/// Puts another question in the place of one that is in use, which is retired. Returns the new one.
///
/// # Errors
/// [`AppError::NotFound`]; [`Problem::NoLongerPossible`] when it is retired already, by a faster hand perhaps.
pub async fn mend(
    connection: &mut PgConnection,
    id: Uuid,
    texts: &QuestionTexts,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    if !retire_in_use(connection, id, now).await? {
        exists(connection, id).await?;
        return Problem::NoLongerPossible.refused();
    }
    audit(connection, by, "question_retired", id, now).await?;
    create(connection, texts, Some(id), None, by, now).await
}

/// Retires a question, so that no test asks it any more, or brings it back. The same again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`]; [`Problem::QuestionReplaced`] for one that another took the place of.
pub async fn set_retired(
    connection: &mut PgConnection,
    id: Uuid,
    retired: bool,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let done = if retired {
        retire_in_use(connection, id, now).await?
    } else {
        let restored =
            sqlx::query!("UPDATE questions SET retired_at = NULL WHERE id = $1 AND retired_at IS NOT NULL", id)
                .execute(&mut *connection)
                .await
                .on_constraint(&[("questions_replaced", Problem::QuestionReplaced)])?;
        restored.rows_affected() == 1
    };
    if done {
        let action = if retired { "question_retired" } else { "question_restored" };
        return audit(connection, by, action, id, now).await;
    }
    exists(connection, id).await
}

async fn retire_in_use(connection: &mut PgConnection, id: Uuid, now: OffsetDateTime) -> Result<bool, AppError> {
    let retired = sqlx::query!("UPDATE questions SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL", id, now)
        .execute(connection)
        .await?;
    Ok(retired.rows_affected() == 1)
}

async fn exists(connection: &mut PgConnection, id: Uuid) -> Result<(), AppError> {
    sqlx::query_scalar!("SELECT id FROM questions WHERE id = $1", id).fetch_one(connection).await?;
    Ok(())
}

/// A question as a file spells it: what it calls itself, then its texts.
pub struct Exported {
    pub key: String,
    pub texts: QuestionTexts,
}

/// Every question of a filter, oldest first.
///
/// # Errors
/// When the database is away.
pub async fn all(connection: &mut PgConnection, filter: &QuestionFilter) -> Result<Vec<Exported>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT coalesce(q.import_key, q.id::text) AS "key!", q.kind, q.topic, q.stem_ar, q.stem_en,
                  array_agg(o.text_ar ORDER BY o.id) AS "ar!", array_agg(o.text_en ORDER BY o.id) AS "en!",
                  array_agg(o.correct ORDER BY o.id) AS "correct!"
           FROM questions q JOIN question_options o ON o.question_id = q.id
           WHERE (q.retired_at IS NOT NULL) = $1 AND ($2::text IS NULL OR q.kind = $2)
             AND ($3::text IS NULL OR q.topic = $3)
           GROUP BY q.id ORDER BY q.created_at, q.id"#,
        filter.retired,
        filter.kind.map(LicenceKind::code),
        filter.topic.as_deref()
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Exported {
                key: row.key,
                texts: QuestionTexts {
                    kind: kind(&row.kind)?,
                    topic: row.topic,
                    stem_ar: row.stem_ar,
                    stem_en: row.stem_en,
                    correct: row.correct.iter().position(|correct| *correct).unwrap_or_default(),
                    options: row.ar.into_iter().zip(row.en).collect(),
                },
            })
        })
        .collect()
}
