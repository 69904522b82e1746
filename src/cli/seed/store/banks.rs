//! The question banks of the demonstration set.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::cli::seed::data;
use crate::error::AppError;

/// A topic of the question banks.
pub async fn insert_topic(connection: &mut PgConnection, topic: &data::Topic) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO topics (code, name_ar, name_en, reading_ar, reading_en) VALUES ($1, $2, $3, $4, $5)",
        topic.code,
        topic.ar,
        topic.en,
        topic.read_ar,
        topic.read_en
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A module for who renews, as a draft; returns its id.
pub async fn insert_module(connection: &mut PgConnection, module: &data::RenewalModule) -> Result<Uuid, AppError> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO renewal_modules (kind, title_ar, title_en, reading_ar, reading_en, minutes)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        module.kind,
        module.title_ar,
        module.title_en,
        module.reading_ar,
        module.reading_en,
        module.minutes
    )
    .fetch_one(connection)
    .await?)
}

/// Puts a module in force, once it has its questions.
pub async fn publish_module(connection: &mut PgConnection, module: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("UPDATE renewal_modules SET published_at = $2 WHERE id = $1", module, now).execute(connection).await?;
    Ok(())
}

/// A question with its options: of a module, or of its kind's bank.
pub async fn insert_question(
    connection: &mut PgConnection,
    question: &data::Question,
    module: Option<Uuid>,
) -> Result<(), AppError> {
    let ar: Vec<String> = question.options.iter().map(|option| option.ar.clone()).collect();
    let en: Vec<String> = question.options.iter().map(|option| option.en.clone()).collect();
    let correct: Vec<bool> = question.options.iter().map(|option| option.correct).collect();
    sqlx::query!(
        "WITH question AS (
             INSERT INTO questions (kind, topic, stem_ar, stem_en, module_id) VALUES ($1, $2, $3, $4, $8) RETURNING id
         )
         INSERT INTO question_options (question_id, text_ar, text_en, correct)
         SELECT question.id, o.ar, o.en, o.correct
         FROM question, unnest($5::text[], $6::text[], $7::boolean[]) AS o(ar, en, correct)",
        question.kind,
        question.topic,
        question.ar,
        question.en,
        &ar,
        &en,
        &correct,
        module
    )
    .execute(connection)
    .await?;
    Ok(())
}
