//! The job that tells an endpoint of one change, and the one that forgets secrets.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store::{endpoints, parcels, secrets};
use super::webhook::{Reach, deliver};
use crate::error::AppError;
use crate::server::jobs::{outcome, state_of};
use crate::server::state::AppState;

/// Sends the delivery of this id. The database queues it, under this name, in the transaction of the change. The queue tries
/// again, later each time, while the endpoint does not take it: e to the power of the tries, in seconds. After
/// [`super::model::MAX_TRIES`] the delivery waits for an administrator.
#[derive(Serialize, Deserialize)]
pub struct SendWebhook {
    pub id: Uuid,
}

impl TaskHandler for SendWebhook {
    const IDENTIFIER: &'static str = "send_webhook";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        outcome(send(&state, self.id).await)
    }
}

/// Sends a delivery if it is still to be sent. Why it must be tried again, if it must.
///
/// # Errors
/// When the database is away.
pub async fn send(state: &AppState, id: Uuid) -> Result<Option<String>, AppError> {
    let mut tx = state.pool.begin().await?;
    let parcel = parcels::give(&mut tx, &state.config.keys, id, state.clock.now()).await?;
    let again = match parcel {
        None => None,
        Some(parcel) => match deliver(Reach::of(&state.config), parcel, state.clock.now()).await {
            Ok(()) => {
                parcels::mark_sent(&mut tx, id, state.clock.now()).await?;
                None
            }
            Err(cause) => {
                let again = parcels::mark_failed(&mut tx, id, cause, state.clock.now()).await?;
                again.then(|| cause.code())
            }
        },
    };
    tx.commit().await?;
    Ok(again)
}

/// Forgets the secrets that are shown no more, and those of endpoints that sign no more.
#[derive(Serialize, Deserialize)]
pub struct ForgetSecrets;

impl TaskHandler for ForgetSecrets {
    const IDENTIFIER: &'static str = "forget_shown_secrets";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        let mut connection = state.pool.acquire().await.map_err(|error| error.to_string())?;
        secrets::sweep(&mut connection, state.clock.now()).await.map_err(|error| error.to_string())?;
        endpoints::sweep(&mut connection, state.clock.now()).await.map_err(|error| error.to_string())
    }
}
