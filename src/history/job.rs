//! The job that keeps the log, every minute.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{renew, sequence};
use crate::server::jobs::state_of;

/// Gives events their leaves, and signs a checkpoint each hour.
#[derive(Serialize, Deserialize)]
pub struct KeepLog;

impl TaskHandler for KeepLog {
    const IDENTIFIER: &'static str = "keep_log";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        sequence(&state).await.map_err(|error| error.to_string())?;
        renew(&state).await.map_err(|error| error.to_string())
    }
}
