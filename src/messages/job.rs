//! The job that sends one message. The queue tries again, later each time, when a gateway does not take it.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{gateway, store};
use crate::server::jobs::state_of;

/// Sends the message of this id.
#[derive(Serialize, Deserialize)]
pub struct SendMessage {
    pub id: Uuid,
}

impl TaskHandler for SendMessage {
    const IDENTIFIER: &'static str = "send_message";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        // The row stays locked while it is sent, so that a second worker does not send it too.
        let mut tx = state.pool.begin().await.map_err(|error| error.to_string())?;
        let due = store::due(&mut tx, &state.config.keys, self.id, state.clock.now()).await;
        let Some(message) = due.map_err(|error| error.to_string())? else { return Ok(()) };
        let sent = gateway::send(&state.config, &message).await;
        let noted = match &sent {
            Ok(()) => store::mark_sent(&mut tx, self.id, state.clock.now()).await,
            Err(_) => store::mark_failed(&mut tx, self.id).await,
        };
        noted.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())?;
        sent
    }
}
