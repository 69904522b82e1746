//! The job that forgets: askings for codes, which name an ID and a mobile, and sign-ins that are long over.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::store::{codes, sessions, single_sign_on};
use crate::error::AppError;
use crate::server::jobs::state_of;

/// Drops what no sign-in and no consent needs any more.
#[derive(Serialize, Deserialize)]
pub struct ForgetOldSignIns;

impl TaskHandler for ForgetOldSignIns {
    const IDENTIFIER: &'static str = "forget_old_sign_ins";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        let forgotten = async {
            let mut connection = state.pool.acquire().await?;
            codes::sweep(&mut connection, state.clock.now()).await?;
            single_sign_on::sweep(&mut connection, state.clock.now()).await?;
            sessions::sweep(&mut connection, state.clock.now()).await
        };
        forgotten.await.map_err(|error: AppError| error.to_string())
    }
}
