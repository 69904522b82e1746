//! Finds records that may be one person's, every minute: of who was verified or had their name or birth date mended since.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::store::likenesses;
use crate::error::AppError;
use crate::server::database;
use crate::server::jobs::state_of;
use crate::server::state::AppState;

/// The job. It may be killed at any point and run anew, or twice at once.
#[derive(Serialize, Deserialize)]
pub struct ComparePeople;

impl TaskHandler for ComparePeople {
    const IDENTIFIER: &'static str = "compare_people";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        compare_all(&state_of(&context)?).await.map_err(|error| error.to_string())
    }
}

/// Compares everybody who waits for it, a batch a transaction.
///
/// # Errors
/// When the database is away.
pub async fn compare_all(state: &AppState) -> Result<(), AppError> {
    loop {
        let mut tx = database::begin_as(&state.pool, None).await?;
        let compared = likenesses::compare(&mut tx, &state.config.keys, state.clock.now()).await?;
        tx.commit().await?;
        if compared == 0 {
            return Ok(());
        }
    }
}
