//! One-time codes: each is bound to one asking, works once, for five minutes and five tries.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::sealed::Sealed;
use crate::error::{AppError, Problem};
use crate::server::keys::{Keys, random_digits};

/// How long a code works.
pub const LIFETIME: Duration = Duration::minutes(5);
/// How long after an asking a new code can be sent to the same mobile without typing it again.
pub const RENEWABLE: Duration = Duration::days(3);
const TRIES: i16 = 5;
const LENGTH: usize = 6;

/// What a code is asked for.
#[derive(Clone)]
pub enum Asked {
    SignIn { national_id: Sealed },
    Guardian { minor: Uuid },
}

/// An asking for a code, as it was made.
pub struct Asking {
    pub asked: Asked,
    pub mobile: Sealed,
}

/// A new asking and the code to send; only the code's hash is kept.
pub struct Issued {
    pub attempt: Uuid,
    pub code: String,
    pub expires_at: OffsetDateTime,
}

/// Notes an asking and draws its code.
///
/// # Errors
/// When the database is away.
pub async fn issue(
    connection: &mut PgConnection,
    keys: &Keys,
    asking: &Asking,
    now: OffsetDateTime,
) -> Result<Issued, AppError> {
    let attempt = Uuid::new_v4();
    let code = random_digits(LENGTH);
    let expires_at = now + LIFETIME;
    let (purpose, national_id, minor) = match &asking.asked {
        Asked::SignIn { national_id } => ("sign_in", Some(national_id), None),
        Asked::Guardian { minor } => ("guardian", None, Some(*minor)),
    };
    sqlx::query!(
        "INSERT INTO code_attempts (id, purpose, national_id_sealed, national_id_hash, mobile_sealed, mobile_hash,
             minor_id, code_hash, expires_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        attempt,
        purpose,
        national_id.map(|id| id.sealed.as_slice()),
        national_id.map(|id| id.hash.as_slice()),
        asking.mobile.sealed,
        asking.mobile.hash,
        minor,
        code_hash(keys, attempt, &code),
        expires_at,
        now
    )
    .execute(connection)
    .await?;
    Ok(Issued { attempt, code, expires_at })
}

struct AskingRow {
    national_id_sealed: Option<Vec<u8>>,
    national_id_hash: Option<Vec<u8>>,
    mobile_sealed: Vec<u8>,
    mobile_hash: Vec<u8>,
    minor_id: Option<Uuid>,
}

impl AskingRow {
    fn into_asking(self) -> Option<Asking> {
        let asked = match (self.minor_id, self.national_id_sealed, self.national_id_hash) {
            (Some(minor), _, _) => Asked::Guardian { minor },
            (None, Some(sealed), Some(hash)) => Asked::SignIn { national_id: Sealed { sealed, hash } },
            _ => return None,
        };
        Some(Asking { asked, mobile: Sealed { sealed: self.mobile_sealed, hash: self.mobile_hash } })
    }
}

/// An asking whose code was not used, young enough for a new code to be sent on its word.
///
/// # Errors
/// When the database is away.
pub async fn renewable(
    connection: &mut PgConnection,
    attempt: Uuid,
    now: OffsetDateTime,
) -> Result<Option<Asking>, AppError> {
    let row = sqlx::query_as!(
        AskingRow,
        "SELECT national_id_sealed, national_id_hash, mobile_sealed, mobile_hash, minor_id FROM code_attempts
         WHERE id = $1 AND used_at IS NULL AND created_at > $2",
        attempt,
        now - RENEWABLE
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.and_then(AskingRow::into_asking))
}

/// What came of a try.
pub enum Tried {
    /// It was right, and is now used up.
    Right(Asking),
    /// It was wrong; the try is counted once the transaction is committed.
    Wrong { locked: bool },
    /// Used, expired, tried too often, or never asked for.
    Spent,
}

/// Tries a code. One guarded statement counts the try and uses the code up, so that of many right ones at once one
/// succeeds, and none after five wrong ones.
///
/// # Errors
/// When the database is away.
pub async fn try_code(
    connection: &mut PgConnection,
    keys: &Keys,
    attempt: Uuid,
    for_guardian: bool,
    code: &str,
    now: OffsetDateTime,
) -> Result<Tried, AppError> {
    let row = sqlx::query!(
        r#"UPDATE code_attempts SET tries = tries + 1, used_at = CASE WHEN code_hash = $2 THEN $3::timestamptz END
           WHERE id = $1 AND used_at IS NULL AND tries < $4 AND expires_at > $3
             AND purpose = CASE WHEN $5 THEN 'guardian' ELSE 'sign_in' END
           RETURNING used_at IS NOT NULL AS "matched!", tries, national_id_sealed, national_id_hash, mobile_sealed,
               mobile_hash, minor_id"#,
        attempt,
        code_hash(keys, attempt, code),
        now,
        TRIES,
        for_guardian
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(Tried::Spent) };
    if !row.matched {
        return Ok(Tried::Wrong { locked: row.tries >= TRIES });
    }
    let asking = AskingRow {
        national_id_sealed: row.national_id_sealed,
        national_id_hash: row.national_id_hash,
        mobile_sealed: row.mobile_sealed,
        mobile_hash: row.mobile_hash,
        minor_id: row.minor_id,
    };
    Ok(asking.into_asking().map_or(Tried::Spent, Tried::Right))
}

impl Tried {
    /// What a form is told of a try that did not succeed.
    pub fn problem(&self) -> Option<AppError> {
        match self {
            Self::Right(_) => None,
            Self::Wrong { locked: false } => Some(Problem::CodeWrong.on("code")),
            Self::Wrong { locked: true } | Self::Spent => Some(Problem::CodeSpent.on("code")),
        }
    }
}

/// The hash binds a code to its asking: the same six digits are worth nothing for another.
fn code_hash(keys: &Keys, attempt: Uuid, code: &str) -> Vec<u8> {
    keys.hash("code", &format!("{attempt}:{code}"))
}

/// Drops askings that are of no use any more: they name an ID and a mobile. Those that a consent rests on stay.
///
/// # Errors
/// When the database is away.
pub async fn sweep(connection: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!(
        "DELETE FROM code_attempts a WHERE created_at < $1
         AND NOT EXISTS (SELECT FROM guardian_consents c WHERE c.attempt_id = a.id)",
        now - RENEWABLE
    )
    .execute(connection)
    .await?;
    Ok(())
}
