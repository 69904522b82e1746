//! The job that sends one delivery, and the one that reminds of licences about to end.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::gateway;
use super::store::{self, Turn, reminders};
use crate::error::AppError;
use crate::server::jobs::{outcome, state_of};
use crate::server::state::AppState;

/// Sends the delivery of this id. The queue tries again, later each time, while the gateway does not take it: e to the
/// power of the tries, in seconds. After [`super::model::MAX_TRIES`] the delivery waits for an administrator.
#[derive(Serialize, Deserialize)]
pub struct SendMessage {
    pub id: Uuid,
}

impl TaskHandler for SendMessage {
    const IDENTIFIER: &'static str = "send_message";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        outcome(send(&state, self.id).await)
    }
}

/// Sends a delivery if it is its turn. Why it must be tried again, if it must.
///
/// # Errors
/// When the database is away.
pub async fn send(state: &AppState, id: Uuid) -> Result<Option<String>, AppError> {
    let keys = &state.config.keys;
    let mut tx = state.pool.begin().await?;
    let turn = store::take_turn(&mut tx, keys, id, state.clock.now()).await?;
    // That it counts towards the cap stands, whatever becomes of it: a second try does not count again.
    tx.commit().await?;
    if turn != Turn::Now {
        return Ok(None);
    }
    let mut tx = state.pool.begin().await?;
    let Some(parcel) = store::give(&mut tx, keys, id).await? else { return Ok(None) };
    let again = match gateway::send(&state.config, &parcel).await {
        Ok(()) => {
            store::mark_sent(&mut tx, id, state.clock.now()).await?;
            None
        }
        Err(cause) => store::mark_failed(&mut tx, id, &cause, state.clock.now()).await?.then_some(cause),
    };
    tx.commit().await?;
    Ok(again)
}

/// Reminds of licences about to end. Once a day is enough; more often, or in two places at once, does no harm.
#[derive(Serialize, Deserialize)]
pub struct RemindOfEnds;

impl TaskHandler for RemindOfEnds {
    const IDENTIFIER: &'static str = "remind_of_ends";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        reminders::remind(&state.pool, &state.config, state.clock.now()).await.map_err(|error| error.to_string())
    }
}
