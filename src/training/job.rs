//! What time alone does: ends offers, one job at the end of each and one every minute for whatever else is due; and
//! counts as absent whom nobody marked.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store::{offers, unmarked};
use crate::error::AppError;
use crate::server::database;
use crate::server::jobs::state_of;

/// Ends a session's offers that are over.
#[derive(Serialize, Deserialize)]
pub struct EndOffers {
    pub session: Uuid,
}

impl TaskHandler for EndOffers {
    const IDENTIFIER: &'static str = "end_offers";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        let ended = async {
            let mut tx = database::begin_as(&state.pool, None).await?;
            offers::end_offers(&mut tx, &state.config, self.session, state.clock.now()).await?;
            Ok::<_, AppError>(tx.commit().await?)
        };
        ended.await.map_err(|error| error.to_string())
    }
}

/// Ends every offer that is over, in every session.
#[derive(Serialize, Deserialize)]
pub struct EndAllOffers;

impl TaskHandler for EndAllOffers {
    const IDENTIFIER: &'static str = "end_all_offers";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        offers::end_all_offers(&state.pool, &state.config, state.clock.now()).await.map_err(|error| error.to_string())
    }
}

/// Counts as absent whom no trainer marked in the days of the setting.
#[derive(Serialize, Deserialize)]
pub struct CountUnmarkedAbsent;

impl TaskHandler for CountUnmarkedAbsent {
    const IDENTIFIER: &'static str = "count_unmarked_absent";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        unmarked::count_absent(&state.pool, &state.config, state.clock.now()).await.map_err(|error| error.to_string())
    }
}
