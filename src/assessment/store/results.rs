//! What an ended attempt tells its holder: the topics missed and what to read, never which answers were right.

use sqlx::PgConnection;
use uuid::Uuid;

use super::sitting::Bilingual;
use crate::error::AppError;

/// A topic of which a question was missed.
pub struct MissedTopic {
    pub name: Bilingual,
    pub reading: Bilingual,
}

/// The topics of an ended attempt's questions that were not answered right.
///
/// # Errors
/// When the database is away.
pub async fn missed_topics(connection: &mut PgConnection, attempt: Uuid) -> Result<Vec<MissedTopic>, AppError> {
    let rows = sqlx::query!(
        "SELECT t.name_ar, t.name_en, t.reading_ar, t.reading_en
         FROM attempts s
         JOIN attempt_questions k ON k.attempt_id = s.id
         JOIN questions q ON q.id = k.question_id JOIN topics t ON t.code = q.topic
         LEFT JOIN attempt_answers a ON a.attempt_id = k.attempt_id AND a.question_id = k.question_id
         LEFT JOIN question_options o ON o.id = a.option_id
         WHERE s.id = $1 AND s.state <> 'open' AND o.correct IS NOT TRUE
         GROUP BY t.code ORDER BY count(*) DESC, t.code",
        attempt
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MissedTopic {
            name: Bilingual { ar: row.name_ar, en: row.name_en },
            reading: Bilingual { ar: row.reading_ar, en: row.reading_en },
        })
        .collect())
}
