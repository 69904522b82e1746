//! An open attempt: its questions as asked, and the answers saved. Never which option is right.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::held::{Attempt, Held};
use crate::error::{AppError, Problem};
use crate::server::database::OnConstraint;

/// A text in both languages.
pub struct Bilingual {
    pub ar: String,
    pub en: String,
}

/// A question as asked.
pub struct Question {
    pub stem: Bilingual,
    pub options: Vec<(Uuid, Bilingual)>,
    pub chosen: Option<Uuid>,
}

/// The question at a position of an attempt.
///
/// # Errors
/// [`AppError::NotFound`] when the attempt has no such position.
pub async fn question(connection: &mut PgConnection, attempt: &Attempt, position: i16) -> Result<Question, AppError> {
    let asked = sqlx::query!(
        r#"SELECT q.stem_ar, q.stem_en, a.option_id AS "chosen?"
         FROM attempt_questions k JOIN questions q ON q.id = k.question_id
         LEFT JOIN attempt_answers a ON a.attempt_id = k.attempt_id AND a.question_id = k.question_id
         WHERE k.attempt_id = $1 AND k.position = $2"#,
        attempt.id,
        position
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(AppError::NotFound)?;
    let options = sqlx::query!(
        "SELECT o.id, o.text_ar, o.text_en
         FROM attempt_questions k, unnest(k.option_order) WITH ORDINALITY AS shown(id, place)
         JOIN question_options o ON o.id = shown.id
         WHERE k.attempt_id = $1 AND k.position = $2 ORDER BY shown.place",
        attempt.id,
        position
    )
    .fetch_all(connection)
    .await?;
    Ok(Question {
        stem: Bilingual { ar: asked.stem_ar, en: asked.stem_en },
        options: options.into_iter().map(|o| (o.id, Bilingual { ar: o.text_ar, en: o.text_en })).collect(),
        chosen: asked.chosen,
    })
}

/// A question of an attempt and what was answered.
pub struct Answered {
    pub position: i16,
    pub stem: Bilingual,
    pub answer: Option<Bilingual>,
}

/// All questions of an attempt in order, with what was answered.
///
/// # Errors
/// When the database is away.
pub async fn answered(connection: &mut PgConnection, attempt: Uuid) -> Result<Vec<Answered>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT k.position, q.stem_ar, q.stem_en, o.text_ar AS "answer_ar?", o.text_en AS "answer_en?"
         FROM attempt_questions k JOIN questions q ON q.id = k.question_id
         LEFT JOIN attempt_answers a ON a.attempt_id = k.attempt_id AND a.question_id = k.question_id
         LEFT JOIN question_options o ON o.id = a.option_id
         WHERE k.attempt_id = $1 ORDER BY k.position"#,
        attempt
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Answered {
            position: row.position,
            stem: Bilingual { ar: row.stem_ar, en: row.stem_en },
            answer: row.answer_ar.zip(row.answer_en).map(|(ar, en)| Bilingual { ar, en }),
        })
        .collect())
}

/// Which questions of an attempt are answered, in order.
///
/// # Errors
/// When the database is away.
pub async fn progress(connection: &mut PgConnection, attempt: Uuid) -> Result<Vec<bool>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT a.option_id IS NOT NULL AS "answered!"
         FROM attempt_questions k
         LEFT JOIN attempt_answers a ON a.attempt_id = k.attempt_id AND a.question_id = k.question_id
         WHERE k.attempt_id = $1 ORDER BY k.position"#,
        attempt
    )
    .fetch_all(connection)
    .await?)
}

/// Saves an answer to the question at a position; a later one replaces an earlier one.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such attempt or position, [`Problem::AttemptClosed`] when it is handed in or
/// out of time, [`Problem::ChoiceUnknown`] when the option is not one of this question's.
pub async fn save_answer(
    connection: &mut PgConnection,
    held: &Held,
    ordinal: i16,
    position: i16,
    option: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let saved = sqlx::query!(
        "INSERT INTO attempt_answers (attempt_id, question_id, option_id, saved_at)
         SELECT a.id, q.question_id, $4, $5
         FROM attempts a JOIN attempt_questions q ON q.attempt_id = a.id
         WHERE (a.enrolment_id = $1 OR a.renews = $1) AND a.ordinal = $2 AND q.position = $3
         ON CONFLICT (attempt_id, question_id)
         DO UPDATE SET option_id = excluded.option_id, saved_at = excluded.saved_at",
        held.subject.id(),
        ordinal,
        position,
        option,
        now
    )
    .execute(connection)
    .await
    .on_constraint(&[
        ("attempt_answers_closed", Problem::AttemptClosed),
        ("attempt_answers_question_id_option_id_fkey", Problem::ChoiceUnknown),
    ])?;
    if saved.rows_affected() == 0 { Err(AppError::NotFound) } else { Ok(()) }
}
