//! Staff roles, and the links that give one.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::access::Role;
use crate::error::AppError;
use crate::server::keys::{random_token, token_hash};

/// How long a link can be opened.
const LINK_LIFETIME: Duration = Duration::hours(1);

/// Gives a role to a person whose identity is verified. False when there is no such person; a role already held stays.
///
/// # Errors
/// When the database is away.
pub async fn grant(
    connection: &mut PgConnection,
    person: Uuid,
    role: Role,
    by: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    let verified = sqlx::query_scalar!(
        "SELECT EXISTS (SELECT FROM persons WHERE id = $1 AND identity_verified_at IS NOT NULL) AS \"exists!\"",
        person
    )
    .fetch_one(&mut *connection)
    .await?;
    if verified {
        insert(connection, person, role, by, now).await?;
    }
    Ok(verified)
}

async fn insert(
    connection: &mut PgConnection,
    person: Uuid,
    role: Role,
    by: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO staff_roles (person_id, role, granted_by, granted_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id, role) WHERE revoked_at IS NULL DO NOTHING",
        person,
        role.code(),
        by,
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id, detail) VALUES ($1, $2, 'role_granted', $3, $4)",
        now,
        by,
        person,
        role.code()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes a link that gives a role once; returns its token, of which only the hash is kept.
///
/// # Errors
/// When the database is away.
pub async fn make_link(connection: &mut PgConnection, role: Role, now: OffsetDateTime) -> Result<String, AppError> {
    let (token, hash) = random_token();
    sqlx::query!(
        "INSERT INTO role_links (token_hash, role, expires_at) VALUES ($1, $2, $3)",
        hash,
        role.code(),
        now + LINK_LIFETIME
    )
    .execute(connection)
    .await?;
    Ok(token)
}

/// Uses up a link: its role goes to `person`. `None` when it was used, has expired or never was.
///
/// # Errors
/// When the database is away.
pub async fn take_link(
    connection: &mut PgConnection,
    token: &str,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Option<Role>, AppError> {
    let role = sqlx::query_scalar!(
        "UPDATE role_links SET used_at = $3, used_by = $2
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $3 RETURNING role",
        token_hash(token),
        person,
        now
    )
    .fetch_optional(&mut *connection)
    .await?
    .as_deref()
    .and_then(Role::from_code);
    if let Some(role) = role {
        insert(connection, person, role, None, now).await?;
    }
    Ok(role)
}

/// The roles a person holds.
///
/// # Errors
/// When the database is away.
pub async fn of(connection: &mut PgConnection, person: Uuid) -> Result<Vec<Role>, AppError> {
    let codes = sqlx::query_scalar!("SELECT role FROM staff_roles WHERE person_id = $1 AND revoked_at IS NULL", person)
        .fetch_all(connection)
        .await?;
    Ok(codes.iter().filter_map(|code| Role::from_code(code)).collect())
}
