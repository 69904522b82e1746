//! The job that keeps the published keys.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{publishing, store};
use crate::server::jobs::state_of;

/// Publishes what a server that started without its database could not, and retires keys that nothing needs any more.
#[derive(Serialize, Deserialize)]
pub struct KeepSigningKeys;

impl TaskHandler for KeepSigningKeys {
    const IDENTIFIER: &'static str = "keep_signing_keys";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        publishing::publish(&state).await.map_err(|error| error.to_string())?;
        let mut connection = state.pool.acquire().await.map_err(|error| error.to_string())?;
        store::retire_unneeded(&mut connection, state.clock.now()).await.map_err(|error| error.to_string())
    }
}
