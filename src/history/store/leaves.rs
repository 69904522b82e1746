//! The leaves and what stands above them.

use sqlx::PgConnection;

use super::hash;
use crate::error::AppError;
use crate::history::model::Hash;

/// A leaf that is to be added.
pub struct NewLeaf {
    pub event_id: i64,
    pub salt: [u8; 16],
    pub hash: Hash,
}

/// Waits until nobody else adds to the log; then nobody does until the transaction ends.
///
/// # Errors
/// When the database is away, or somebody else takes too long.
pub async fn take_turn(connection: &mut PgConnection) -> Result<(), AppError> {
    sqlx::query!(r#"SELECT true AS "turn!" FROM take_turn_at_log()"#).fetch_one(connection).await?;
    Ok(())
}

/// Ids of events that have no leaf yet, at most so many. Those of one licence come in the order in which they happened.
///
/// # Errors
/// When the database is away.
pub async fn waiting(connection: &mut PgConnection, most: i64) -> Result<Vec<i64>, AppError> {
    let events = sqlx::query_scalar!("SELECT event_id FROM log_waiting ORDER BY event_id LIMIT $1", most);
    Ok(events.fetch_all(connection).await?)
}

/// How many leaves there are.
///
/// # Errors
/// When the database is away.
pub async fn size(connection: &mut PgConnection) -> Result<u64, AppError> {
    let size = sqlx::query_scalar!(r#"SELECT coalesce(max(position) + 1, 0) AS "size!" FROM log_leaves"#);
    Ok(size.fetch_one(connection).await?.cast_unsigned())
}

/// Adds leaves in this order after the first `size`; the database adds the nodes above them.
///
/// # Errors
/// When the database is away, or refuses a gap or a second leaf of an event.
pub async fn add_leaves(connection: &mut PgConnection, size: u64, leaves: &[NewLeaf]) -> Result<(), AppError> {
    let events: Vec<i64> = leaves.iter().map(|leaf| leaf.event_id).collect();
    let salts: Vec<Vec<u8>> = leaves.iter().map(|leaf| leaf.salt.to_vec()).collect();
    let hashes: Vec<Vec<u8>> = leaves.iter().map(|leaf| leaf.hash.to_vec()).collect();
    sqlx::query!(
        "INSERT INTO log_leaves (position, event_id, salt, hash)
         SELECT $1 + turn - 1, event_id, salt, hash
         FROM unnest($2::bigint[], $3::bytea[], $4::bytea[]) WITH ORDINALITY AS new (event_id, salt, hash, turn)
         ORDER BY turn",
        size.cast_signed(),
        &events,
        &salts,
        &hashes
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The position and the salt of an event's leaf; `None` while it waits for one.
///
/// # Errors
/// When the database is away.
pub async fn leaf_of(connection: &mut PgConnection, event: i64) -> Result<Option<(u64, Vec<u8>)>, AppError> {
    let row = sqlx::query!("SELECT position, salt FROM log_leaves WHERE event_id = $1", event);
    Ok(row.fetch_optional(connection).await?.map(|row| (row.position.cast_unsigned(), row.salt)))
}

/// The hashes of nodes, by level and index, of the tree that the first `size` leaves make.
///
/// # Errors
/// When the database is away, or one of them is not there.
pub async fn node_hashes(
    connection: &mut PgConnection,
    nodes: &[(u32, u64)],
    size: u64,
) -> Result<Vec<Hash>, AppError> {
    let levels: Vec<i32> = nodes.iter().map(|(level, _)| level.cast_signed()).collect();
    let indices: Vec<i64> = nodes.iter().map(|(_, index)| index.cast_signed()).collect();
    let hashes = sqlx::query_scalar!(
        r#"SELECT log_hash(level, index, $3) AS "hash!"
         FROM unnest($1::integer[], $2::bigint[]) WITH ORDINALITY AS node (level, index, turn) ORDER BY turn"#,
        &levels,
        &indices,
        size.cast_signed()
    )
    .fetch_all(connection)
    .await?;
    hashes.into_iter().map(hash).collect()
}
