//! Sign-in sessions: an opaque token in a cookie, its hash here.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::access::{Actor, Role};
use crate::error::AppError;
use crate::server::keys::{random_token, token_hash};

/// A session ends after this long without use.
pub const IDLE: Duration = Duration::days(7);
/// And after this long in any case.
pub const ABSOLUTE: Duration = Duration::days(30);
/// A second factor passed holds for a working day.
pub const SECOND_FACTOR: Duration = Duration::hours(12);
/// Use is noted at most this often.
const NOTED_EVERY: Duration = Duration::minutes(5);

/// Starts a session for an account; returns the cookie's token.
///
/// # Errors
/// When the database is away.
pub async fn start(connection: &mut PgConnection, account: Uuid, now: OffsetDateTime) -> Result<String, AppError> {
    let (token, hash) = random_token();
    sqlx::query!(
        "INSERT INTO sign_in_sessions (token_hash, account_id, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $3, $4)",
        hash,
        account,
        now,
        now + ABSOLUTE
    )
    .execute(connection)
    .await?;
    Ok(token)
}

struct ActorRow {
    person: Uuid,
    account: Uuid,
    session: Uuid,
    last_seen_at: OffsetDateTime,
    second_factor_at: Option<OffsetDateTime>,
    roles: Vec<String>,
}

/// Who a token signs in, if its session is live and its account not frozen.
///
/// # Errors
/// When the database is away.
pub async fn actor(connection: &mut PgConnection, token: &str, now: OffsetDateTime) -> Result<Option<Actor>, AppError> {
    let hash = token_hash(token);
    let row = sqlx::query_as!(
        ActorRow,
        r#"SELECT a.person_id AS person, a.id AS account, s.id AS session, s.last_seen_at, s.second_factor_at,
                  ARRAY(SELECT role FROM staff_roles r WHERE r.person_id = a.person_id AND r.revoked_at IS NULL)
                      AS "roles!"
           FROM sign_in_sessions s JOIN accounts a ON a.id = s.account_id
           WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3
             AND a.frozen_at IS NULL"#,
        hash,
        now,
        now - IDLE
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if now - row.last_seen_at > NOTED_EVERY {
        sqlx::query!("UPDATE sign_in_sessions SET last_seen_at = $2 WHERE token_hash = $1", hash, now)
            .execute(connection)
            .await?;
    }
    Ok(Some(Actor {
        person: row.person,
        account: row.account,
        session: row.session,
        roles: row.roles.iter().filter_map(|code| Role::from_code(code)).collect(),
        second_factor_at: row.second_factor_at.filter(|at| now - *at <= SECOND_FACTOR),
    }))
}

/// Notes that a session has passed the second factor; returns its new token. The old one signs in nobody: whoever had it
/// before has not passed anything.
///
/// # Errors
/// When the database is away.
pub async fn pass_second_factor(
    connection: &mut PgConnection,
    session: Uuid,
    now: OffsetDateTime,
) -> Result<String, AppError> {
    let (token, hash) = random_token();
    sqlx::query!(
        "UPDATE sign_in_sessions SET token_hash = $2, second_factor_at = $3 WHERE id = $1",
        session,
        hash,
        now
    )
    .execute(connection)
    .await?;
    Ok(token)
}

/// Ends one session of an account. False when it is not theirs or ended before.
///
/// # Errors
/// When the database is away.
pub async fn end(
    connection: &mut PgConnection,
    account: Uuid,
    session: Uuid,
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    let ended = sqlx::query!(
        "UPDATE sign_in_sessions SET revoked_at = $3 WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL",
        session,
        account,
        now
    )
    .execute(connection)
    .await?;
    Ok(ended.rows_affected() == 1)
}

/// A session as its owner sees it.
pub struct Listed {
    pub id: Uuid,
    pub created_at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
}

/// The live sessions of an account, the last used first.
///
/// # Errors
/// When the database is away.
pub async fn list(connection: &mut PgConnection, account: Uuid, now: OffsetDateTime) -> Result<Vec<Listed>, AppError> {
    Ok(sqlx::query_as!(
        Listed,
        "SELECT id, created_at, last_seen_at FROM sign_in_sessions
         WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND last_seen_at > $3
         ORDER BY last_seen_at DESC, id LIMIT 50",
        account,
        now,
        now - IDLE
    )
    .fetch_all(connection)
    .await?)
}

/// Drops sessions whose absolute end is past.
///
/// # Errors
/// When the database is away.
pub async fn sweep(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!("DELETE FROM sign_in_sessions WHERE expires_at <= $1", now).execute(connection).await?;
    Ok(())
}
