//! What stands in the way of beginning a test, apart from its own rules.

use sqlx::PgConnection;
use uuid::Uuid;

use super::held::Held;
use crate::error::AppError;

/// The id of what a person's open attempt at another test belongs to.
///
/// # Errors
/// When the database is away.
pub async fn open_elsewhere(connection: &mut PgConnection, held: &Held) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT coalesce(enrolment_id, renews) AS "id!" FROM attempts
         WHERE person_id = $1 AND coalesce(enrolment_id, renews) <> $2 AND state = 'open'"#,
        held.person,
        held.subject.id()
    )
    .fetch_optional(connection)
    .await?)
}

/// Whether a result on paper waits for its confirmation.
///
/// # Errors
/// When the database is away.
pub async fn paper_waits(connection: &mut PgConnection, held: &Held) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM paper_results WHERE enrolment_id = $1 AND state = 'waiting') AS "waits!""#,
        held.subject.id()
    )
    .fetch_one(connection)
    .await?)
}
