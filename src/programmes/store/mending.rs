//! Making, mending and retiring questions. A question is never rewritten: mending it retires it and makes another in
//! its place.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::audit;
use crate::error::{AppError, Problem};
use crate::programmes::model::QuestionTexts;
use crate::server::database::OnConstraint;

/// Makes a question; `key` is its row's in an imported file. One that replaces another belongs to that one's module,
/// whatever its texts say.
///
/// # Errors
/// [`Problem::ChoiceUnknown`] against `topic`; [`Problem::ModuleUnknown`] against `module` where there is none of the
/// kind, and against `kind` where what it replaces is of a module of another.
pub async fn create(
    connection: &mut PgConnection,
    texts: &QuestionTexts,
    replaces: Option<Uuid>,
    key: Option<&str>,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO questions (kind, topic, stem_ar, stem_en, replaces, import_key, created_at, module_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        texts.kind.code(),
        texts.topic,
        texts.stem_ar,
        texts.stem_en,
        replaces,
        key,
        now,
        texts.module
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[
        ("questions_topic_fkey", Problem::ChoiceUnknown),
        ("questions_module_of_kind", Problem::ModuleUnknown),
        ("questions_replaced_once", Problem::NoLongerPossible),
    ])
    .map_err(|error| match error {
        AppError::Refused(Problem::ChoiceUnknown) => Problem::ChoiceUnknown.on("topic"),
        AppError::Refused(problem @ Problem::ModuleUnknown) => {
            problem.on(if replaces.is_some() { "kind" } else { "module" })
        }
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
