//! Signing what the log is.

use time::Duration;

use super::model::{Checkpoint, log_name};
use super::store::{self, Newest};
use crate::error::AppError;
use crate::server::database;
use crate::server::state::AppState;
use crate::signing::signing_key;

/// A checkpoint is signed at least so often, and no oftener while nothing happens.
const EVERY: Duration = Duration::HOUR;

/// Signs a checkpoint where the newest is an hour old, or there is none.
///
/// # Errors
/// When the database is away, or there is no key to sign with.
pub async fn renew(state: &AppState) -> Result<(), AppError> {
    signed(state, false).await.map(drop)
}

/// A checkpoint over every leaf that there is: the newest, or a new one.
///
/// # Errors
/// When the database is away, or there is no key to sign with.
pub async fn latest(state: &AppState) -> Result<Newest, AppError> {
    signed(state, true).await
}

/// The newest checkpoint, or the first.
///
/// # Errors
/// As [`latest`].
pub async fn newest(state: &AppState) -> Result<Newest, AppError> {
    let newest = store::newest(&mut *state.pool.acquire().await?).await?;
    match newest {
        Some(newest) => Ok(newest),
        None => latest(state).await,
    }
}

/// The newest checkpoint, after a new one was signed where it is due: after an hour or, where `whole`, as soon as there
/// are leaves beyond the newest.
async fn signed(state: &AppState, whole: bool) -> Result<Newest, AppError> {
    let mut tx = database::begin_as(&state.pool, None).await?;
    store::take_turn(&mut tx).await?;
    let newest = store::newest(&mut tx).await?;
    let (size, root) = store::now_stands(&mut tx).await?;
    let mut now = state.clock.now();
    if let Some(newest) = newest {
        // Clocks of several servers differ a little; checkpoints go on from each other.
        now = now.max(newest.signed_at);
        if now < newest.signed_at + EVERY && !(whole && newest.size < size) {
            return Ok(newest);
        }
    }
    let checkpoint = Checkpoint { log: log_name(&state.config.origin), size, root, at: now };
    let note = checkpoint.sign(&signing_key(&mut tx, state, now).await?);
    store::add_checkpoint(&mut tx, &checkpoint, &note).await?;
    tx.commit().await?;
    Ok(Newest { size, root, signed_at: now, note })
}
