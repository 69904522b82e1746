//! The running sums behind the statistics of questions.

use sqlx::PgConnection;

use crate::error::AppError;

/// Attempts added in one statement, and so in one transaction.
const BATCH: i64 = 500;

/// Takes some ended attempts and adds them to the sums of their questions: how many there were. An answer left out
/// counts as not right.
///
/// # Errors
/// When the database is away.
pub async fn add(connection: &mut PgConnection) -> Result<u64, AppError> {
    let taken = sqlx::query_scalar!(
        r#"WITH taken AS (
               DELETE FROM attempts_to_tally WHERE attempt_id IN (
                   SELECT attempt_id FROM attempts_to_tally ORDER BY attempt_id LIMIT $1 FOR UPDATE SKIP LOCKED)
               RETURNING attempt_id),
           answers AS (
               SELECT k.question_id, coalesce(o.correct, false) AS hit,
                      (s.right_answers - coalesce(o.correct, false)::integer)::numeric
                          / nullif(count(*) OVER (PARTITION BY s.id) - 1, 0) AS rest
               FROM taken JOIN attempts s ON s.id = taken.attempt_id
               JOIN attempt_questions k ON k.attempt_id = s.id
               LEFT JOIN attempt_answers a ON a.attempt_id = k.attempt_id AND a.question_id = k.question_id
               LEFT JOIN question_options o ON o.id = a.option_id),
           added AS (
               -- In one order everywhere, so that two instances wait for each other and do not lock each other out.
               INSERT INTO question_tallies AS t
               SELECT question_id, count(*), count(*) FILTER (WHERE hit), count(rest), count(rest) FILTER (WHERE hit),
                      coalesce(sum(rest), 0), coalesce(sum(rest * rest), 0), coalesce(sum(rest) FILTER (WHERE hit), 0)
               FROM answers GROUP BY question_id ORDER BY question_id
               ON CONFLICT (question_id) DO UPDATE SET asked = t.asked + excluded.asked, hits = t.hits + excluded.hits,
                   compared = t.compared + excluded.compared, compared_hits = t.compared_hits + excluded.compared_hits,
                   rest = t.rest + excluded.rest, rest_squares = t.rest_squares + excluded.rest_squares,
                   rest_of_hits = t.rest_of_hits + excluded.rest_of_hits)
           SELECT count(*) AS "count!" FROM taken"#,
        BATCH
    )
    .fetch_one(connection)
    .await?;
    Ok(u64::try_from(taken).unwrap_or(0))
}
