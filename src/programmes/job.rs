//! Adds attempts that have ended to the statistics of their questions, every minute.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

use super::store::tallies;
use crate::error::AppError;
use crate::server::jobs::state_of;

/// The job. Several instances may run it at once: an attempt is added by one of them.
#[derive(Serialize, Deserialize)]
pub struct TallyAnswers;

impl TaskHandler for TallyAnswers {
    const IDENTIFIER: &'static str = "tally_answers";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        tally_all(&state_of(&context)?.pool).await.map_err(|error| error.to_string())
    }
}

/// Adds every ended attempt that was not added yet, a batch a transaction.
///
/// # Errors
/// When the database is away.
pub async fn tally_all(pool: &PgPool) -> Result<(), AppError> {
    while tallies::add(&mut *pool.acquire().await?).await? > 0 {}
    Ok(())
}
