//! What an audit reads, a page at a time: millions of rows pass through little memory.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::hash;
use crate::error::AppError;
use crate::history::model::{Completed, Hash};

/// A leaf as it is stored.
pub struct StoredLeaf {
    pub position: u64,
    pub event_id: i64,
    pub salt: Vec<u8>,
    pub hash: Hash,
}

/// The leaves of positions from `from` to before `until`.
///
/// # Errors
/// When the database is away.
pub async fn leaves_from(
    connection: &mut PgConnection,
    (from, until): (u64, u64),
) -> Result<Vec<StoredLeaf>, AppError> {
    let rows = sqlx::query!(
        "SELECT position, event_id, salt, hash FROM log_leaves WHERE position >= $1 AND position < $2 ORDER BY position",
        from.cast_signed(),
        until.cast_signed()
    )
    .fetch_all(connection)
    .await?;
    let leaves = rows.into_iter().map(|row| {
        let position = row.position.cast_unsigned();
        Ok(StoredLeaf { position, event_id: row.event_id, salt: row.salt, hash: hash(row.hash)? })
    });
    leaves.collect()
}

/// The stored nodes that leaves of positions from `from` to before `until` complete.
///
/// # Errors
/// When the database is away.
pub async fn nodes_between(
    connection: &mut PgConnection,
    (from, until): (u64, u64),
) -> Result<Vec<Completed>, AppError> {
    let mut nodes = Vec::new();
    for level in (1..62_u32).take_while(|level| until >> level > 0) {
        let (first, end) = (from >> level, until >> level);
        if first < end {
            let rows = sqlx::query!(
                "SELECT index, hash FROM log_nodes WHERE level = $1 AND index >= $2 AND index < $3",
                level.cast_signed(),
                first.cast_signed(),
                end.cast_signed()
            );
            for row in rows.fetch_all(&mut *connection).await? {
                nodes.push(Completed { level, index: row.index.cast_unsigned(), hash: hash(row.hash)? });
            }
        }
    }
    Ok(nodes)
}

/// A checkpoint as it is stored.
pub struct StoredNote {
    pub id: i64,
    pub size: u64,
    pub root: Hash,
    pub signed_at: OffsetDateTime,
    pub note: String,
}

/// The stored checkpoints of sizes above `above` up to `to`, the smallest first.
///
/// # Errors
/// When the database is away.
pub async fn notes_between(
    connection: &mut PgConnection,
    above: Option<u64>,
    to: u64,
) -> Result<Vec<StoredNote>, AppError> {
    let rows = sqlx::query!(
        "SELECT id, size, root, signed_at, note FROM log_checkpoints WHERE size > $1 AND size <= $2 ORDER BY size, id",
        above.map_or(-1, u64::cast_signed),
        to.cast_signed()
    )
    .fetch_all(connection)
    .await?;
    let notes = rows.into_iter().map(|row| {
        let size = row.size.cast_unsigned();
        Ok(StoredNote { id: row.id, size, root: hash(row.root)?, signed_at: row.signed_at, note: row.note })
    });
    notes.collect()
}

/// How many stored nodes stand over leaves that are not there, and the ids of checkpoints of more leaves than there are.
///
/// # Errors
/// When the database is away.
pub async fn beyond(connection: &mut PgConnection) -> Result<(i64, Vec<i64>), AppError> {
    let row = sqlx::query!(
        r#"WITH log AS (SELECT coalesce(max(position) + 1, 0) AS size FROM log_leaves)
         SELECT (SELECT count(*) FROM log_nodes n, log WHERE (n.index + 1) << n.level > log.size) AS "nodes!",
             ARRAY(SELECT c.id FROM log_checkpoints c, log WHERE c.size > log.size ORDER BY c.id LIMIT 100) AS "notes!""#
    )
    .fetch_one(connection)
    .await?;
    Ok((row.nodes, row.notes))
}

/// An event, and whether the log knows of it.
pub struct Unlogged {
    pub event_id: i64,
    pub number: String,
    /// Whether it has its leaf.
    pub logged: bool,
    /// Since when it stands in the queue for one.
    pub waits_since: Option<OffsetDateTime>,
}

/// So many events after one, in the order of their ids.
///
/// # Errors
/// When the database is away.
pub async fn events_after(connection: &mut PgConnection, after: i64, most: i64) -> Result<Vec<Unlogged>, AppError> {
    let rows = sqlx::query_as!(
        Unlogged,
        r#"SELECT e.id AS event_id, coalesce(l.number, '?') AS "number!",
             EXISTS (SELECT FROM log_leaves WHERE event_id = e.id) AS "logged!", w.since AS "waits_since?"
         FROM (SELECT id, licence_id FROM licence_events WHERE id > $1 ORDER BY id LIMIT $2) e
         LEFT JOIN licences l ON l.id = e.licence_id LEFT JOIN log_waiting w ON w.event_id = e.id ORDER BY e.id"#,
        after,
        most
    );
    Ok(rows.fetch_all(connection).await?)
}

/// Of so many licences after a number: the last of them, and those that stand otherwise than their newest event says, as
/// number, what they say and what their history makes of them. `None` after the last licence.
///
/// # Errors
/// When the database is away.
pub async fn states_after(
    connection: &mut PgConnection,
    after: &str,
    most: i64,
) -> Result<Option<(String, Vec<(String, String, String)>)>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT l.number, l.state, coalesce(state_after(e.event), 'none') AS "told!"
         FROM (SELECT * FROM licences WHERE number > $1 ORDER BY number LIMIT $2) l
         LEFT JOIN LATERAL (SELECT event FROM licence_events WHERE licence_id = l.id ORDER BY id DESC LIMIT 1) e ON true
         ORDER BY l.number"#,
        after,
        most
    )
    .fetch_all(connection)
    .await?;
    let Some(last) = rows.last().map(|row| row.number.clone()) else { return Ok(None) };
    let differing = rows.into_iter().filter(|row| row.state != row.told).map(|row| (row.number, row.state, row.told));
    Ok(Some((last, differing.collect())))
}
