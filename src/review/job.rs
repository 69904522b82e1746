//! The jobs of the desk: one for each decision at its effect, and one every minute for whatever else is due.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{effect, store};
use crate::error::AppError;
use crate::server::database;
use crate::server::jobs::state_of;
use crate::server::state::AppState;

/// Settles a request once its decision takes effect. After an undo there is nothing to do.
#[derive(Serialize, Deserialize)]
pub struct TakeEffect {
    pub request: Uuid,
}

impl TaskHandler for TakeEffect {
    const IDENTIFIER: &'static str = "take_effect";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        settle(&state, self.request).await.map_err(|error| error.to_string())?;
        // The database's clock may be ahead of ours: then the queue tries again.
        let mut connection = state.pool.acquire().await.map_err(|error| error.to_string())?;
        match store::is_pending(&mut connection, self.request, state.clock.now()).await {
            Ok(false) => Ok(()),
            Ok(true) => Err("not yet".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

async fn settle(state: &AppState, request: Uuid) -> Result<(), AppError> {
    let mut tx = database::begin_as(&state.pool, None).await?;
    effect::settle(&mut tx, &state.config.keys, request, state.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Settles every decision that is due, and puts what idle reviewers hold back into the queue.
#[derive(Serialize, Deserialize)]
pub struct TidyDesks;

impl TaskHandler for TidyDesks {
    const IDENTIFIER: &'static str = "tidy_desks";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        let tidied = async {
            let mut connection = state.pool.acquire().await?;
            let due = store::due(&mut connection, None, state.clock.now()).await?;
            drop(connection);
            for request in due {
                settle(&state, request).await?;
            }
            let mut tx = database::begin_as(&state.pool, None).await?;
            store::release_idle(&mut tx, state.clock.now()).await?;
            Ok::<_, AppError>(tx.commit().await?)
        };
        tidied.await.map_err(|error| error.to_string())
    }
}
