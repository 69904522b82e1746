//! How questions did in tests that have ended, counted by the database.
//!
//! Discrimination is the corrected item–total correlation: the point-biserial correlation between answering the
//! question right and the share of right answers among the *other* questions of the same attempt. Leaving the question
//! itself out of the total follows S. Henrysson, "Correction of item-total correlations in item analysis",
//! Psychometrika 28 (1963) 211–218. A point-biserial coefficient is Pearson's with one of the two being 0 or 1, which is
//! what `corr` computes.

use std::collections::HashMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::count;
use crate::error::AppError;
use crate::programmes::model::Statistics;

/// Below so many answers a correlation says nothing worth acting on.
pub const FEWEST_ANSWERS: i64 = 30;

/// The statistics of a question that was never asked.
pub fn none() -> Statistics {
    Statistics { asked: 0, right_percent: None, discrimination: None, too_few: true }
}

/// The statistics of questions that were asked; an answer left out counts as not right.
///
/// # Errors
/// When the database is away.
pub async fn of(connection: &mut PgConnection, questions: &[Uuid]) -> Result<HashMap<Uuid, Statistics>, AppError> {
    let rows = sqlx::query!(
        r#"WITH answers AS (
               SELECT k.question_id, coalesce(o.correct, false)::integer::float8 AS hit, s.right_answers,
                      (SELECT count(*) FROM attempt_questions n WHERE n.attempt_id = s.id) AS asked
               FROM attempt_questions k
               JOIN attempts s ON s.id = k.attempt_id AND s.state <> 'open'
               LEFT JOIN attempt_answers a ON a.attempt_id = k.attempt_id AND a.question_id = k.question_id
               LEFT JOIN question_options o ON o.id = a.option_id
               WHERE k.question_id = ANY ($1))
           SELECT question_id, count(*) AS "asked!", avg(hit) * 100 AS "right!",
                  corr(hit, (right_answers - hit) / nullif(asked - 1, 0)) AS discrimination
           FROM answers GROUP BY question_id"#,
        questions
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let too_few = row.asked < FEWEST_ANSWERS;
            let statistics = Statistics {
                asked: count(row.asked),
                right_percent: Some(row.right),
                discrimination: row.discrimination.filter(|_| !too_few),
                too_few,
            };
            (row.question_id, statistics)
        })
        .collect())
}
