//! Server functions that exist in tests only: they fail in ways that the portal's own must not.

use std::sync::LazyLock;

use leptos::prelude::*;
use tokio::sync::Semaphore;

use crate::error::AppError;

/// A word that must never reach an answer.
pub const CANARY: &str = "canary-5d41402a";

/// Told when [`slow_write`] has begun its transaction.
pub static BEGUN: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(0));
/// What [`slow_write`] waits for before it commits.
pub static RELEASED: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(0));

/// Panics half way.
#[server(endpoint = "test/panics")]
pub async fn panics() -> Result<(), AppError> {
    tokio::task::yield_now().await;
    panic!("{CANARY}");
}

/// Asks a table that is not there, with a value in the statement.
#[server(endpoint = "test/asks_wrongly")]
pub async fn asks_wrongly() -> Result<(), AppError> {
    let caller = crate::access::caller()?;
    sqlx::query("SELECT 'canary-5d41402a' FROM table_canary_5d41402a").execute(&caller.state.pool).await?;
    Ok(())
}

/// Writes a row, waits, and commits.
#[server(endpoint = "test/slow_write")]
pub async fn slow_write() -> Result<(), AppError> {
    let caller = crate::access::caller()?;
    let mut tx = caller.begin().await?;
    sqlx::query("INSERT INTO rate_counters (act, who, window_start, count) VALUES ('slow', '', now(), 1)")
        .execute(&mut *tx)
        .await?;
    BEGUN.add_permits(1);
    if let Ok(permit) = RELEASED.acquire().await {
        permit.forget();
    }
    tx.commit().await?;
    Ok(())
}
