//! Who read somebody's record.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::access::Role;
use crate::administration::model::{AccessLine, Reading};
use crate::error::AppError;
use crate::place::{Order, Place, cut};
use crate::server::keyset;

/// Entries on a page.
pub const PAGE: usize = 20;

#[derive(FromRow)]
struct Row {
    id: i64,
    at: OffsetDateTime,
    actor_role: Option<String>,
    action: String,
}

/// The readings of a person's record by others, all or those in a role, in an order, from a place on; and where the next
/// page goes on.
///
/// # Errors
/// When the database is away.
pub async fn page(
    connection: &mut PgConnection,
    person: Uuid,
    role: Option<Role>,
    order: Order,
    after: Option<Place<i64>>,
) -> Result<(Vec<AccessLine>, Option<Place<i64>>), AppError> {
    let readings = Reading::ALL.into_iter().filter(|reading| role.is_none_or(|role| reading.role() == role));
    let readings: Vec<String> = readings.map(|reading| reading.code().to_owned()).collect();
    // The first value, the person, is asked for twice.
    let mut query = QueryBuilder::new(
        "SELECT id, at, actor_role, action FROM audit_entries
         WHERE subject_id = ANY (ARRAY(SELECT records_of($1))) AND actor_id IS DISTINCT FROM ",
    );
    query.push_bind(person).push(" AND action = ANY (").push_bind(readings).push(")");
    keyset::page(&mut query, ["at", "id"], order, after, PAGE);
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
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
