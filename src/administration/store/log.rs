//! The audit log, narrowed and paged. Each way to narrow it has an index in the order it is read.

use sqlx::{PgConnection, Postgres, QueryBuilder};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::access::Role;
use crate::administration::model::{AuditFilter, AuditLine};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::place::{Place, cut};
use crate::server::keyset;

/// Entries on a page.
const PAGE: usize = 50;

/// An entry as it is stored.
#[derive(sqlx::FromRow)]
pub struct Entry {
    pub id: i64,
    pub at: OffsetDateTime,
    pub actor_id: Option<Uuid>,
    pub actor_role: Option<String>,
    pub action: String,
    pub subject_id: Option<Uuid>,
    pub detail: Option<String>,
}

/// Entries that a filter lets through, in its order, from a place on: so many, and one more where there are more.
///
/// # Errors
/// When the database is away.
pub async fn entries(
    connection: &mut PgConnection,
    filter: &AuditFilter,
    after: Option<Place<i64>>,
    rows: usize,
) -> Result<Vec<Entry>, AppError> {
    let mut query = statement(filter, after, rows);
    Ok(query.build_query_as::<Entry>().fetch_all(connection).await?)
}

/// The statement for a filter: only what narrows stands in it, and one of two orders, so that each is
/// planned for what it asks.
pub(in crate::administration) fn statement(
    filter: &AuditFilter,
    after: Option<Place<i64>>,
    rows: usize,
) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(
        "SELECT id, at, actor_id, actor_role, action, subject_id, detail FROM audit_entries WHERE true",
    );
    if let Some(action) = &filter.action {
        query.push(" AND action = ").push_bind(action.clone());
    }
    if let Some(actor) = filter.actor {
        query.push(" AND actor_id = ").push_bind(actor);
    }
    if let Some(subject) = filter.subject {
        query.push(" AND subject_id = ").push_bind(subject);
    }
    if let Some(since) = filter.since() {
        query.push(" AND at >= ").push_bind(since);
    }
    if let Some(until) = filter.until() {
        query.push(" AND at < ").push_bind(until);
    }
    keyset::page(&mut query, ["at", "id"], filter.order, after, rows);
    query
}

/// A page of the log as it is shown, and where the next one goes on.
///
/// # Errors
/// When the database is away.
pub async fn page(
    connection: &mut PgConnection,
    filter: &AuditFilter,
    after: Option<Place<i64>>,
    locale: Locale,
) -> Result<(Vec<AuditLine>, Option<Place<i64>>), AppError> {
    let mut entries = entries(connection, filter, after, PAGE).await?;
    let next = cut(&mut entries, PAGE, |last| Place { at: last.at, id: last.id });
    let ids: Vec<Uuid> = entries.iter().flat_map(|one| [one.actor_id, one.subject_id]).flatten().collect();
    // Only staff have names here.
    let known = sqlx::query!(
        r#"SELECT p.id, CASE WHEN $2 THEN p.latin_name
                        ELSE concat_ws(' ', p.given_name, p.father_name, p.family_name) END AS name,
             EXISTS (SELECT FROM staff_roles r WHERE r.person_id = p.id) AS "staff!"
         FROM persons p WHERE p.id = ANY ($1)"#,
        &ids,
        locale == Locale::en
    )
    .fetch_all(connection)
    .await?;
    let lines = entries
        .into_iter()
        .map(|one| AuditLine {
            id: one.id,
            at: one.at,
            actor: one.actor_id,
            actor_name: known
                .iter()
                .find(|person| person.staff && Some(person.id) == one.actor_id)
                .and_then(|person| person.name.clone())
                .filter(|name| !name.is_empty()),
            role: one.actor_role.as_deref().and_then(Role::from_code),
            action: one.action,
            subject: one.subject_id,
            is_person: known.iter().any(|person| Some(person.id) == one.subject_id),
            detail: one.detail,
        })
        .collect();
    Ok((lines, next))
}

/// Every code that stands in the log. Steps from one to the next by their index: reading all entries would take seconds.
///
/// # Errors
/// When the database is away.
pub async fn actions(connection: &mut PgConnection) -> Result<Vec<String>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"WITH RECURSIVE codes AS (
             (SELECT action FROM audit_entries ORDER BY action LIMIT 1)
             UNION ALL
             SELECT (SELECT a.action FROM audit_entries a WHERE a.action > c.action ORDER BY a.action LIMIT 1)
             FROM codes c WHERE c.action IS NOT NULL)
         SELECT action AS "action!" FROM codes WHERE action IS NOT NULL"#
    )
    .fetch_all(connection)
    .await?)
}
