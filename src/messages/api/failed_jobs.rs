//! Jobs that failed for good, for administrators: seen, and tried again.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::AppError;

/// A page of jobs that failed at every try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailedJobsPage {
    pub jobs: Vec<FailedJobLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A job that failed at every try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailedJobLine {
    pub id: i64,
    /// What it does, as the code names it.
    pub task: String,
    pub tries: i16,
    pub added_at: OffsetDateTime,
    /// The kind of its last error, and the reference that finds it in the log.
    pub error: String,
}

/// Jobs that failed for good, latest first unless another order is named.
///
/// # Errors
/// When the database is away.
#[server(endpoint = "messages/failed_jobs", input = GetUrl)]
pub async fn failed_jobs(
    #[server(default)] order: String,
    #[server(default)] after: String,
) -> Result<FailedJobsPage, AppError> {
    use crate::place::{Order, Place};
    use crate::server::failed_jobs;

    let caller = crate::access::authorise("messages/failed_jobs")?;
    let mut connection = caller.connection().await?;
    let order = Order::parse(&order, Order::Latest);
    let (found, next) = failed_jobs::failed(&mut connection, order, Place::parse(&after)).await?;
    let jobs = found
        .into_iter()
        .map(|one| FailedJobLine {
            id: one.id,
            task: one.task,
            tries: one.tries,
            added_at: one.added_at,
            error: one.error,
        })
        .collect();
    Ok(FailedJobsPage { jobs, next: next.map(|place| place.code()) })
}

/// Has one tried again.
///
/// # Errors
/// [`AppError::NotFound`], [`crate::error::Problem::NoLongerPossible`] when it is being tried.
#[server(endpoint = "messages/retry_job")]
pub async fn retry_job(id: String) -> Result<(), AppError> {
    let caller = crate::access::authorise("messages/retry_job")?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    crate::server::failed_jobs::retry(&mut tx, caller.person()?, id, caller.now).await?;
    tx.commit().await?;
    Ok(())
}
