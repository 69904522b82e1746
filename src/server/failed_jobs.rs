//! Jobs that failed at every try, as administrators see them: what kind of job and of error, never the error itself.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;

use crate::error::{AppError, Problem};
use crate::place::{Order, Place, cut};
use crate::server::keyset;

/// Jobs on a page.
const PAGE: usize = 20;

/// A job that is not tried any more.
#[derive(FromRow)]
struct Row {
    id: i64,
    identifier: String,
    attempts: i16,
    created_at: OffsetDateTime,
    last_error: Option<String>,
}

/// A job that is not tried any more.
pub struct FailedJob {
    pub id: i64,
    /// What it does, as the code names it.
    pub task: String,
    pub tries: i16,
    pub added_at: OffsetDateTime,
    /// The kind of its last error; with the reference that finds it in the log, where it has one.
    pub error: String,
}

/// The kind of an error, in a word: its text may name whatever the database was asked.
fn kind(error: &str) -> String {
    // The queue keeps what a job returned as it is debugged, twice.
    let Some(returned) = error.strip_prefix("TaskError(") else {
        let kind = match error {
            "Job recovered after worker interruption" => "interrupted",
            panicked if panicked.starts_with("TaskPanic(") => "panic",
            _ => "other",
        };
        return kind.to_owned();
    };
    let returned = returned.trim_matches(['"', '\\', ')']);
    if let Some(reference) = returned.strip_prefix("internal error ") {
        let digits: String = reference.chars().filter(char::is_ascii_digit).take(8).collect();
        return format!("internal {digits}");
    }
    let known = ["unavailable", "not yet", "not found", "no state"];
    let refused = returned.starts_with("refused: ");
    let kind = if refused { "refused" } else { known.into_iter().find(|one| returned == *one).unwrap_or("other") };
    kind.to_owned()
}

/// The jobs that failed for good, in an order by when they were added, from a place in the list on; and where the next
/// page goes on.
///
/// # Errors
/// When the database is away.
pub async fn failed(
    connection: &mut PgConnection,
    order: Order,
    after: Option<Place<i64>>,
) -> Result<(Vec<FailedJob>, Option<Place<i64>>), AppError> {
    let mut query = QueryBuilder::new(
        "SELECT j.id, t.identifier, j.attempts, j.created_at, j.last_error
         FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
         WHERE j.attempts >= j.max_attempts AND j.locked_at IS NULL",
    );
    keyset::page(&mut query, ["j.created_at", "j.id"], order, after, PAGE);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.created_at, id: last.id });
    let failed = rows
        .into_iter()
        .map(|row| FailedJob {
            id: row.id,
            task: row.identifier,
            tries: row.attempts,
            added_at: row.created_at,
            error: kind(row.last_error.as_deref().unwrap_or_default()),
        })
        .collect();
    Ok((failed, next))
}

/// Has a job that failed for good tried again, from the start.
///
/// # Errors
/// [`AppError::NotFound`], or [`Problem::NoLongerPossible`] when it is being tried: somebody else was faster.
pub async fn retry(
    connection: &mut PgConnection,
    administrator: uuid::Uuid,
    id: i64,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let revived = sqlx::query(
        "SELECT id FROM graphile_worker.reschedule_jobs(
             ARRAY(SELECT id FROM graphile_worker._private_jobs
                 WHERE id = $1 AND attempts >= max_attempts AND locked_at IS NULL FOR UPDATE),
             run_at => $2, attempts => 0)",
    )
    .bind(id)
    .bind(now)
    .fetch_all(&mut *connection)
    .await?;
    if revived.is_empty() {
        sqlx::query("SELECT id FROM graphile_worker._private_jobs WHERE id = $1")
            .bind(id)
            .fetch_one(connection)
            .await?;
        return Problem::NoLongerPossible.refused();
    }
    sqlx::query!("INSERT INTO audit_entries (at, actor_id, action) VALUES ($1, $2, 'job_retried')", now, administrator)
        .execute(connection)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_error_its_kind_alone_is_told() {
        for (error, told) in [
            (r#"TaskError("\"internal error 12345678\"")"#, "internal 12345678"),
            (r#"TaskError("\"unavailable\"")"#, "unavailable"),
            (r#"TaskError("\"refused: NoLongerPossible\"")"#, "refused"),
            (r#"TaskError("\"duplicate key value: (محمد القحطاني)\"")"#, "other"),
            (r#"TaskPanic("محمد القحطاني")"#, "panic"),
            ("Job recovered after worker interruption", "interrupted"),
            ("unavailable", "other"),
            ("", "other"),
        ] {
            assert_eq!(kind(error), told);
        }
    }
}
