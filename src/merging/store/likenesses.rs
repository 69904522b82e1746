//! Who is like whom: equal name keys and equal birth dates share a keyed hash, and each two that share one are a pair.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::store::sealed;
use crate::error::AppError;
use crate::server::keys::Keys;

/// People compared in one transaction.
const BATCH: i64 = 500;

/// Compares some of the people who wait for it with everybody: how many there were. A pair that a mended name or birth date
/// has undone is forgotten, unless it was settled.
///
/// # Errors
/// When the database is away.
pub async fn compare(connection: &mut PgConnection, keys: &Keys, now: OffsetDateTime) -> Result<usize, AppError> {
    sqlx::query!("SELECT FROM take_turn_at_comparing()").execute(&mut *connection).await?;
    let taken = sqlx::query_scalar!(
        "DELETE FROM people_to_compare WHERE person_id IN (
             SELECT person_id FROM people_to_compare ORDER BY person_id LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING person_id",
        BATCH
    )
    .fetch_all(&mut *connection)
    .await?;
    if taken.is_empty() {
        return Ok(0);
    }
    // In a statement of its own, which sees every change that was committed before its row was taken.
    let rows = sqlx::query!(
        r#"SELECT id, name_key AS "name_key!", birth_date_sealed AS "birth!" FROM persons
           WHERE id = ANY ($1) AND identity_verified_at IS NOT NULL AND closed_at IS NULL AND merged_into IS NULL
             AND name_key IS NOT NULL AND birth_date_sealed IS NOT NULL"#,
        &taken
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut people = Vec::with_capacity(rows.len());
    let mut hashes = Vec::with_capacity(rows.len());
    for row in rows {
        // A date that does not open is a fault, logged there; it must not hold up the comparison of all others.
        if let Ok(birth) = sealed::open_birth_date(keys, &row.birth) {
            people.push(row.id);
            hashes.push(keys.hash("likeness", &format!("{}\n{birth}", row.name_key)));
        }
    }
    write(connection, &taken, &people, &hashes, now).await?;
    Ok(taken.len())
}

async fn write(
    connection: &mut PgConnection,
    taken: &[Uuid],
    people: &[Uuid],
    hashes: &[Vec<u8>],
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM likenesses WHERE person_id = ANY ($1) AND NOT person_id = ANY ($2)", taken, people)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "INSERT INTO likenesses (person_id, hash) SELECT * FROM unnest($1::uuid[], $2::bytea[])
         ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash",
        people,
        hashes
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "DELETE FROM likely_pairs p WHERE p.state = 'waiting' AND (p.one_id = ANY ($1) OR p.other_id = ANY ($1))
           AND NOT EXISTS (SELECT FROM likenesses a JOIN likenesses b ON b.hash = a.hash
               WHERE a.person_id = p.one_id AND b.person_id = p.other_id)",
        taken
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "INSERT INTO likely_pairs (one_id, other_id, found_at)
         SELECT DISTINCT least(a.person_id, b.person_id), greatest(a.person_id, b.person_id), $2::timestamptz
         FROM likenesses a JOIN likenesses b ON b.hash = a.hash AND b.person_id <> a.person_id
         WHERE a.person_id = ANY ($1)
         ON CONFLICT (one_id, other_id) DO NOTHING",
        people,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
