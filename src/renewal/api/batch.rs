//! A reviewer's batches: approving every renewal that waits as one job, seeing how far it is, stopping it.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::AppError;

/// What waits, and the reviewer's latest batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchesView {
    /// Renewals that nobody has decided about before.
    pub ready: i64,
    pub latest: Option<BatchView>,
}

/// A batch and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchView {
    pub id: Uuid,
    pub started_at: OffsetDateTime,
    pub stopped: bool,
    pub finished: bool,
    pub waiting: i64,
    pub approved: i64,
    pub issued: i64,
    /// For a reviewer's own eyes.
    pub left: i64,
}

/// # Errors
/// When the database is away.
#[server(endpoint = "renewal/batches", input = GetUrl)]
pub async fn batches() -> Result<BatchesView, AppError> {
    use crate::renewal::store;

    let caller = crate::access::authorise("renewal/batches")?;
    let mut connection = caller.connection().await?;
    let latest = store::latest(&mut connection, caller.person()?).await?;
    Ok(BatchesView {
        ready: store::ready(&mut connection).await?,
        latest: latest.map(|one| BatchView {
            id: one.id,
            started_at: one.started_at,
            stopped: one.stopped,
            finished: one.finished,
            waiting: one.waiting,
            approved: one.approved,
            issued: one.issued,
            left: one.left,
        }),
    })
}

/// Starts approving every renewal that waits and lacks nothing, in ten seconds. While the reviewer's last batch is under
/// way, sending this again changes nothing.
///
/// # Errors
/// [`crate::error::Problem::NoLongerPossible`] where none waits.
#[server(endpoint = "renewal/approve_waiting")]
pub async fn approve_waiting() -> Result<(), AppError> {
    let caller = crate::access::authorise("renewal/approve_waiting")?;
    let mut tx = caller.begin().await?;
    crate::renewal::store::start(&mut tx, caller.person()?, caller.now).await?;
    tx.commit().await?;
    Ok(())
}

/// Stops a batch: what is not approved yet waits on.
///
/// # Errors
/// [`AppError::NotFound`], or [`crate::error::Problem::NoLongerPossible`] once finished.
#[server(endpoint = "renewal/stop_batch")]
pub async fn stop_batch(batch: String) -> Result<(), AppError> {
    let caller = crate::access::authorise("renewal/stop_batch")?;
    let batch = Uuid::parse_str(&batch).map_err(|_| AppError::NotFound)?;
    let mut tx = caller.begin().await?;
    crate::renewal::store::stop(&mut tx, caller.person()?, batch, caller.now).await?;
    tx.commit().await?;
    Ok(())
}
