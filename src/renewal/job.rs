//! The job of a batch: approves what waits and issues what has taken effect, until nothing is left. It may be killed at any
//! point and run anew, or twice: each row is done once.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::store;
use crate::error::AppError;
use crate::server::database;
use crate::server::jobs::state_of;
use crate::server::state::AppState;

/// Works a batch off.
#[derive(Serialize, Deserialize)]
pub struct RenewBatch {
    pub batch: Uuid,
}

impl TaskHandler for RenewBatch {
    const IDENTIFIER: &'static str = "renew_batch";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        work_off(&state, self.batch).await.map_err(|error| error.to_string())
    }
}

/// Does what can be done of a batch now. While decisions have yet to take effect, the job is added anew for then.
///
/// # Errors
/// When the database is away.
pub async fn work_off(state: &AppState, batch: Uuid) -> Result<(), AppError> {
    while settle_page(state, batch).await? | approve_page(state, batch).await? {}
    let mut tx = database::begin_as(&state.pool, None).await?;
    match store::next_effect(&mut tx, batch).await? {
        Some(at) => store::run(&mut tx, batch, at).await?,
        None => store::finish(&mut tx, batch, state.clock.now()).await?,
    }
    Ok(tx.commit().await?)
}

/// Approves a page of rows; whether there were any. Every row seen leaves its state, so that the next page is another.
async fn approve_page(state: &AppState, batch: Uuid) -> Result<bool, AppError> {
    let mut connection = state.pool.acquire().await?;
    let page = store::to_approve(&mut connection, batch).await?;
    drop(connection);
    for work in &page {
        let mut tx = database::begin_as(&state.pool, None).await?;
        store::approve(&mut tx, batch, work, now(state)).await?;
        tx.commit().await?;
    }
    Ok(!page.is_empty())
}

/// Issues a page of rows that have taken effect; whether there were any.
async fn settle_page(state: &AppState, batch: Uuid) -> Result<bool, AppError> {
    let mut connection = state.pool.acquire().await?;
    let page = store::to_settle(&mut connection, batch, now(state)).await?;
    drop(connection);
    for work in &page {
        let mut tx = database::begin_as(&state.pool, None).await?;
        store::settle(&mut tx, &state.config.keys, batch, work, now(state)).await?;
        tx.commit().await?;
    }
    Ok(!page.is_empty())
}

fn now(state: &AppState) -> OffsetDateTime {
    state.clock.now()
}
