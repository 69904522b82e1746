//! Replaying the whole log, and comparing it with all that is stored and with what was kept outside.

mod finding;
mod replay;

pub use finding::Finding;

use sqlx::PgPool;
use time::{Duration, OffsetDateTime};

use super::model::{Checkpoint, log_name};
use super::store;
use crate::error::AppError;
use crate::signing::model::PublicKey;
use replay::Replay;

/// How long an event may wait for its leaf before the audit tells of it. The job runs every minute.
const PATIENCE: Duration = Duration::minutes(10);
/// Rows a page.
const PAGE: i64 = 5000;

/// What an audit read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Audited {
    pub leaves: u64,
    pub nodes: u64,
    pub checkpoints: u64,
    pub events: u64,
    /// Events that wait for their leaf, and not for long.
    pub waiting: u64,
}

/// Replays the log of the portal at `origin` and tells each finding as it comes. `keys` are those that checkpoints count
/// of; `outside` is a checkpoint that was kept outside. What is added meanwhile is not looked at.
///
/// # Errors
/// When the database is away.
pub async fn audit(
    pool: &PgPool,
    (origin, keys): (&str, &[PublicKey]),
    outside: Option<&str>,
    now: OffsetDateTime,
    mut tell: impl FnMut(Finding),
) -> Result<Audited, AppError> {
    let log = log_name(origin);
    let outside = outside.and_then(|note| match Checkpoint::open(note, &log, keys) {
        Ok(checkpoint) => Some(checkpoint),
        Err(why) => {
            tell(Finding::OutsideNote { why });
            None
        }
    });
    let mut connection = pool.acquire().await?;
    let size = store::size(&mut connection).await?;
    if let Some(beyond) = outside.as_ref().filter(|outside| outside.size > size) {
        tell(Finding::OutsideBeyond { size: beyond.size, at: beyond.at, leaves: size });
    }
    let mut replay = Replay::new((&log, keys), outside, &mut tell);
    replay.notes(&mut connection, None, 0).await?;
    let page = PAGE.cast_unsigned();
    for from in (0..size).step_by(usize::try_from(PAGE).unwrap_or(usize::MAX)) {
        replay.page(&mut connection, (from, size.min(from + page))).await?;
    }
    let mut audited = replay.audited();
    let (nodes, checkpoints) = store::beyond(&mut connection).await?;
    if nodes > 0 {
        tell(Finding::NodesBeyond { nodes });
    }
    for id in checkpoints {
        tell(Finding::NoteBeyond { id });
    }

    let mut last = 0;
    loop {
        let events = store::events_after(&mut connection, last, PAGE).await?;
        let Some(newest) = events.last() else { break };
        last = newest.event_id;
        audited.events += u64::try_from(events.len()).unwrap_or_default();
        for event in events.into_iter().filter(|event| !event.logged) {
            let (event_id, number) = (event.event_id, event.number);
            match event.waits_since {
                None => tell(Finding::Unlogged { event_id, number }),
                Some(since) if since + PATIENCE < now => tell(Finding::Late { event_id, number, since }),
                Some(_) => audited.waiting += 1,
            }
        }
    }
    let mut last = String::new();
    while let Some((newest, differing)) = store::states_after(&mut connection, &last, PAGE).await? {
        last = newest;
        for (number, says, told) in differing {
            tell(Finding::State { number, says, told });
        }
    }
    Ok(audited)
}
