//! Who read somebody's record.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::access::Role;
use crate::administration::model::{AccessLine, Reading};
use crate::error::AppError;
use crate::place::{Place, cut};

/// Entries on a page.
const PAGE: usize = 20;

/// The readings of a person's record by others, newest first, from a place on; and where the next page goes on.
///
/// # Errors
/// When the database is away.
pub async fn page(
    connection: &mut PgConnection,
    person: Uuid,
    after: Option<Place<i64>>,
) -> Result<(Vec<AccessLine>, Option<Place<i64>>), AppError> {
    let readings = Reading::ALL.map(|reading| reading.code().to_owned());
    let mut rows = sqlx::query!(
        "SELECT id, at, actor_role, action FROM audit_entries
         WHERE subject_id = ANY (ARRAY(SELECT records_of($1))) AND action = ANY ($2) AND actor_id IS DISTINCT FROM $1
           AND ($3::timestamptz IS NULL OR (at, id) < ($3, $4::bigint))
         ORDER BY at DESC, id DESC LIMIT $5",
        person,
        &readings,
        after.map(|place| place.at),
        after.map(|place| place.id),
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?;
    let next = cut(&mut rows, PAGE, |last| Place { at: last.at, id: last.id });
    let lines = rows
        .into_iter()
        .filter_map(|row| {
            let reading = Reading::from_code(&row.action)?;
            let role = row.actor_role.as_deref().and_then(Role::from_code).unwrap_or_else(|| reading.role());
            Some(AccessLine { at: row.at, role, reading })
        })
        .collect();
    Ok((lines, next))
}
