//! The job of a list: looks its rows up in pieces until none waits. It may be killed at any point and run anew, or twice
//! at once: each row is answered once.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::error::AppError;
use crate::server::database;
use crate::server::jobs::state_of;
use crate::server::state::AppState;
use crate::verification;

/// Rows looked up at once, all at one instant.
const PIECE: i64 = 1_000;

/// Answers a list.
#[derive(Serialize, Deserialize)]
pub struct AnswerList {
    pub check: Uuid,
}

impl TaskHandler for AnswerList {
    const IDENTIFIER: &'static str = "answer_list";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        work_off(&state, self.check).await.map_err(|error| error.to_string())
    }
}

/// Answers all rows of a list that wait.
///
/// # Errors
/// When the database is away.
pub async fn work_off(state: &AppState, check: Uuid) -> Result<(), AppError> {
    loop {
        while answer_piece(state, check).await? {}
        // What another run holds may come back, should that one be killed now.
        let mut tx = database::begin_as(&state.pool, None).await?;
        if !store::wait_for_others(&mut tx, check).await? {
            return Ok(());
        }
    }
}

/// Answers a piece of the rows that wait and that no other run holds; whether there were any.
pub(super) async fn answer_piece(state: &AppState, check: Uuid) -> Result<bool, AppError> {
    let mut tx = database::begin_as(&state.pool, None).await?;
    let piece = store::piece(&mut tx, check, PIECE).await?;
    if piece.is_empty() {
        return Ok(false);
    }
    let now = state.clock.now();
    let numbers: Vec<&str> = piece.iter().map(|(_, number)| number.as_str()).collect();
    let found = verification::store::look_up_all(&mut tx, &numbers, now).await?;
    let answers: Vec<_> = piece.iter().map(|(line, number)| (*line, found.get(number))).collect();
    store::answer(&mut tx, check, &answers, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Deletes lists whose day is over, every hour.
#[derive(Serialize, Deserialize)]
pub struct ForgetLists;

impl TaskHandler for ForgetLists {
    const IDENTIFIER: &'static str = "forget_lists";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let state = state_of(&context)?;
        let mut connection = state.pool.acquire().await.map_err(|error| error.to_string())?;
        store::forget(&mut connection, state.clock.now()).await.map_err(|error| error.to_string())
    }
}
