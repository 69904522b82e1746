//! Counts the home page's figures, every minute.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::store;
use crate::server::jobs::state_of;

/// The job. Several instances may run it at once.
#[derive(Serialize, Deserialize)]
pub struct CountFigures;

impl TaskHandler for CountFigures {
    const IDENTIFIER: &'static str = "count_figures";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        let mut connection = state.pool.acquire().await.map_err(|error| error.to_string())?;
        let counted = store::count(&mut connection, state.clock.now()).await.map_err(|error| error.to_string())?;
        store::keep(&mut connection, &counted).await.map_err(|error| error.to_string())
    }
}
