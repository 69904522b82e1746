//! How questions did in tests that have ended.
//!
//! Discrimination is the corrected item–total correlation: the point-biserial correlation between answering the
//! question right and the share of right answers among the *other* questions of the same attempt. Leaving the question
//! itself out of the total follows S. Henrysson, "Correction of item-total correlations in item analysis",
//! Psychometrika 28 (1963) 211–218. A point-biserial coefficient is Pearson's with one of the two being 0 or 1, here from
//! sums over the attempts.

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

/// The statistics of questions that were asked; an answer left out counts as not right. An attempt that ended counts
/// within a minute, when [`crate::programmes::job`] has added it.
///
/// # Errors
/// When the database is away.
pub async fn of(connection: &mut PgConnection, questions: &[Uuid]) -> Result<HashMap<Uuid, Statistics>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT question_id, asked, hits * 100.0::float8 / asked AS "right!",
                  (CASE WHEN spread > 0 AND compared_hits NOT IN (0, compared)
                        THEN (compared * rest_of_hits - compared_hits * rest)
                             / sqrt((compared_hits * (compared - compared_hits))::numeric * spread) END)::float8
                      AS discrimination
           FROM (SELECT *, compared * rest_squares - rest * rest AS spread FROM question_tallies) AS sums
           WHERE question_id = ANY ($1)"#,
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
