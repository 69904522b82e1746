//! The job queue, in Postgres: a job exists exactly when the transaction that added it was committed, and any instance
//! may run it.

use std::fmt;
use std::time::Duration;

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext, WorkerOptions};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

use super::state::AppState;
use super::{database, kept_form, rate};
use crate::error::AppError;

/// Brings the queue's schema up to date, as the database's owner, and lets the application use it.
///
/// # Errors
/// When the database refuses.
pub async fn migrate(pool: &PgPool) -> Result<(), AppError> {
    graphile_worker_migrations::migrate(pool.clone(), "graphile_worker")
        .await
        .map_err(|error| database::internal(&error))?;
    for statement in [
        "GRANT USAGE ON SCHEMA graphile_worker TO rukhsa_app",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO rukhsa_app",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO rukhsa_app",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO rukhsa_app",
        // The queue's tables let only their owner see rows; it is ours, and the grants above are the fence.
        "DO $$ DECLARE one regclass; BEGIN
             FOR one IN SELECT oid FROM pg_class
                 WHERE relnamespace = 'graphile_worker'::regnamespace AND relrowsecurity
             LOOP EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', one); END LOOP;
         END $$",
    ] {
        sqlx::query(statement).execute(pool).await?;
    }
    Ok(())
}

/// Adds a job inside the caller's transaction. With a key, it replaces a waiting job of the same key.
///
/// # Errors
/// When the database is away.
pub async fn add<T: TaskHandler + Serialize>(
    connection: &mut PgConnection,
    job: &T,
    run_at: OffsetDateTime,
    key: Option<&str>,
) -> Result<(), AppError> {
    let payload = serde_json::to_value(job).map_err(|error| database::internal(&error))?;
    // Not checked at compile time: the queue's schema is its library's own.
    sqlx::query("SELECT FROM graphile_worker.add_job($1, $2::json, run_at => $3, job_key => $4)")
        .bind(T::IDENTIFIER)
        .bind(payload)
        .bind(run_at)
        .bind(key)
        .execute(connection)
        .await?;
    Ok(())
}

/// Adds jobs of one kind inside the caller's transaction.
///
/// # Errors
/// When the database is away.
pub async fn add_all<T: TaskHandler + Serialize>(
    connection: &mut PgConnection,
    jobs: &[T],
    run_at: OffsetDateTime,
) -> Result<(), AppError> {
    let payloads = jobs.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>();
    sqlx::query("SELECT FROM unnest($2::jsonb[]) p, graphile_worker.add_job($1, p::json, run_at => $3)")
        .bind(T::IDENTIFIER)
        .bind(payloads.map_err(|error| database::internal(&error))?)
        .bind(run_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// What jobs work with.
#[derive(Clone)]
pub struct JobState(pub AppState);

impl fmt::Debug for JobState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JobState")
    }
}

/// The state a job works with.
///
/// # Errors
/// When the worker was started without one.
pub fn state_of(context: &WorkerContext) -> Result<AppState, String> {
    context.extensions().get::<JobState>().map(|state| state.0.clone()).ok_or_else(|| "no state".to_owned())
}

/// What a job tells the queue: an error has it tried again later. `Some` is why it must be though nothing failed here.
///
/// # Errors
/// That cause, or what failed.
pub fn outcome(done: Result<Option<String>, AppError>) -> Result<(), String> {
    match done {
        Ok(None) => Ok(()),
        Ok(Some(cause)) => Err(cause),
        Err(error) => Err(error.to_string()),
    }
}

/// Drops what has outlived its use: kept forms, and counts of windows that are over.
#[derive(Serialize, Deserialize)]
pub struct Sweep;

impl TaskHandler for Sweep {
    const IDENTIFIER: &'static str = "sweep";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        let mut connection = state.pool.acquire().await.map_err(|error| error.to_string())?;
        let now = state.clock.now();
        kept_form::sweep(&mut connection, now).await.map_err(|error| error.to_string())?;
        rate::sweep(&mut connection, now).await.map_err(|error| error.to_string())
    }
}

/// How often a worker shows that it lives, and looks for others that do not.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);
/// After this long without a sign of life a worker is dead, and its jobs are another's. Without this they would wait for
/// four hours. Every job may be run twice.
const SILENCE: Duration = Duration::from_secs(20);

/// Runs jobs until told to stop. While the database is away it tries again.
pub async fn run(state: AppState, tasks: fn(WorkerOptions) -> WorkerOptions, stop: impl Future<Output = ()>) {
    let work = async {
        loop {
            let options = WorkerOptions::default()
                .pg_pool(state.pool.clone())
                .schema("graphile_worker")
                .concurrency(4)
                .listen_os_shutdown_signals(false)
                .heartbeat_interval(SIGN_OF_LIFE)
                .sweep_interval(SIGN_OF_LIFE)
                .sweep_threshold(SILENCE)
                .recovery_delay(Duration::ZERO)
                .add_extension(JobState(state.clone()))
                .define_job::<Sweep>();
            let failed = match tasks(options).init().await {
                Ok(worker) => worker.run().await.err().map(|error| error.to_string()),
                Err(error) => Some(error.to_string()),
            };
            if let Some(cause) = failed {
                tracing::warn!(error.kind = "jobs", error.cause = %cause);
            }
            tokio::time::sleep(Duration::from_secs(3)).await;
        }
    };
    tokio::select! { () = work => (), () = stop => () }
}
