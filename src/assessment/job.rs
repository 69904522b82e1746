//! Closes the attempts whose time is over, every minute: nobody need open a page for a result to exist.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::store::closing;
use crate::server::database;
use crate::server::jobs::state_of;

/// The job. Several instances may run it at once.
#[derive(Serialize, Deserialize)]
pub struct CloseOverdueTests;

impl TaskHandler for CloseOverdueTests {
    const IDENTIFIER: &'static str = "close_overdue_tests";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        close_all(&state.pool, state.clock.now()).await.map_err(|error| error.to_string())
    }
}

/// Closes every overdue attempt, each in a transaction of its own.
///
/// # Errors
/// When the database is away.
pub async fn close_all(pool: &sqlx::PgPool, now: time::OffsetDateTime) -> Result<(), crate::error::AppError> {
    loop {
        let mut connection = pool.acquire().await?;
        let overdue = closing::overdue(&mut connection, None, now).await?;
        drop(connection);
        if overdue.is_empty() {
            return Ok(());
        }
        for attempt in overdue {
            let mut tx = database::begin_as(pool, None).await?;
            closing::close(&mut tx, attempt, now).await?;
            tx.commit().await?;
        }
    }
}
