//! The question banks, to look at and to write into files.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{PAGE, asked, choices, kind, statistics};
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::licences::model::LicenceKind;
use crate::place::{Place, cut};
use crate::programmes::model::{
    Order, QuestionFilter, QuestionLine, QuestionTexts, QuestionView, QuestionsPage, TypedQuestion,
};

/// The questions of a filter, from a place in the list on, with how each did.
///
/// # Errors
/// When the database is away.
pub async fn questions(
    connection: &mut PgConnection,
    filter: &QuestionFilter,
    after: Option<Place>,
    locale: Locale,
) -> Result<QuestionsPage, AppError> {
    let rows = sqlx::query!(
        r#"SELECT q.id, q.kind, t.name_ar AS topic_ar, t.name_en AS topic_en, q.stem_ar, q.stem_en, q.created_at,
                  m.title_ar AS "module_ar?", m.title_en AS "module_en?",
                  q.retired_at IS NOT NULL AS "retired!", q.replaces IS NOT NULL AS "mended!"
           FROM questions q JOIN topics t ON t.code = q.topic LEFT JOIN renewal_modules m ON m.id = q.module_id
           WHERE (q.retired_at IS NOT NULL) = $1 AND ($2::text IS NULL OR q.kind = $2)
             AND ($3::text IS NULL OR q.topic = $3) AND ($8::uuid IS NULL OR q.module_id = $8)
             AND ($4::timestamptz IS NULL OR CASE WHEN $7 THEN (q.created_at, q.id) > ($4, $5::uuid)
                  ELSE (q.created_at, q.id) < ($4, $5::uuid) END)
           ORDER BY CASE WHEN $7::boolean THEN q.created_at END, CASE WHEN $7 THEN q.id END, q.created_at DESC,
                    q.id DESC LIMIT $6"#,
        filter.retired,
        filter.kind.map(LicenceKind::code),
        filter.topic.as_deref(),
        after.map(|place| place.at),
        after.map(|place| place.id),
        asked(),
        filter.order == Order::Earliest,
        filter.module
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
            module: row.module_ar.zip(row.module_en).map(|(ar, en)| pick(locale, ar, en)),
            topic: pick(locale, row.topic_ar, row.topic_en),
            stem: pick(locale, row.stem_ar, row.stem_en),
            retired: row.retired,
            mended: row.mended,
            statistics: statistics.remove(&row.id).unwrap_or_else(statistics::none),
        };
        lines.push((row.created_at, line));
    }
    let next = cut(&mut lines, PAGE, |(at, line)| Place { at: *at, id: line.id }).map(|place| place.code());
    let questions = lines.into_iter().map(|(_, line)| line).collect();
    let modules = choices::modules(connection, locale, true).await?;
    Ok(QuestionsPage { questions, next, topics: choices::topics(connection, locale).await?, modules })
}

/// One question, to be mended.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub async fn question(connection: &mut PgConnection, id: Uuid, locale: Locale) -> Result<QuestionView, AppError> {
    let row = sqlx::query!(
        r#"SELECT q.kind, q.topic, q.stem_ar, q.stem_en, q.retired_at IS NOT NULL AS "retired!", q.replaces,
                  n.id AS "replaced_by?", q.module_id, m.title_ar AS "module_ar?", m.title_en AS "module_en?"
           FROM questions q LEFT JOIN questions n ON n.replaces = q.id
           LEFT JOIN renewal_modules m ON m.id = q.module_id WHERE q.id = $1"#,
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
        module: row.module_id,
        topic: row.topic,
        stem_ar: row.stem_ar,
        stem_en: row.stem_en,
        correct: options.iter().position(|option| option.correct).unwrap_or_default(),
        options: options.into_iter().map(|option| (option.text_ar, option.text_en)).collect(),
    };
    Ok(QuestionView {
        id: Some(id),
        typed: TypedQuestion::of(&texts),
        modules: choices::modules(connection, locale, false).await?,
        module: row.module_ar.zip(row.module_en).map(|(ar, en)| pick(locale, ar, en)),
        retired: row.retired,
        replaces: row.replaces,
        replaced_by: row.replaced_by,
        statistics: statistics::of(connection, &[id]).await?.remove(&id).unwrap_or_else(statistics::none),
        topics: choices::topics(connection, locale).await?,
    })
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
        r#"SELECT coalesce(q.import_key, q.id::text) AS "key!", q.kind, q.module_id, q.topic, q.stem_ar, q.stem_en,
                  array_agg(o.text_ar ORDER BY o.id) AS "ar!", array_agg(o.text_en ORDER BY o.id) AS "en!",
                  array_agg(o.correct ORDER BY o.id) AS "correct!"
           FROM questions q JOIN question_options o ON o.question_id = q.id
           WHERE (q.retired_at IS NOT NULL) = $1 AND ($2::text IS NULL OR q.kind = $2)
             AND ($3::text IS NULL OR q.topic = $3) AND ($4::uuid IS NULL OR q.module_id = $4)
           GROUP BY q.id ORDER BY q.created_at, q.id"#,
        filter.retired,
        filter.kind.map(LicenceKind::code),
        filter.topic.as_deref(),
        filter.module
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Exported {
                key: row.key,
                texts: QuestionTexts {
                    kind: kind(&row.kind)?,
                    module: row.module_id,
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
