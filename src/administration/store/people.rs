//! People, found by their exact ID number and by nothing else.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::accounts::model::NationalId;
use crate::administration::model::IdentityView;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::server::keys::Keys;
use crate::server::rate::Limit;

/// Far more than a day's work needs; far fewer than it takes to try numbers out.
const LOOK_UPS: Limit = Limit { act: "administrator_look_up", most: 120, window: Duration::hours(1) };

/// Somebody registered under an ID number, the verified one first; where that was merged into another, the record that
/// stays. `None` when nobody is.
///
/// # Errors
/// [`AppError::TooMany`] for who looks up more than anybody needs.
pub async fn find(
    connection: &mut PgConnection,
    keys: &Keys,
    national_id: &NationalId,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Option<Uuid>, AppError> {
    LOOK_UPS.count(connection, &keys.hash(LOOK_UPS.act, &by.to_string()), now).await?;
    Ok(sqlx::query_scalar!(
        r#"SELECT coalesce(merged_into, id) AS "id!" FROM persons WHERE national_id_hash = $1
         ORDER BY identity_verified_at NULLS LAST, created_at, id LIMIT 1"#,
        keys.hash("national-id", national_id.as_str())
    )
    .fetch_optional(connection)
    .await?)
}

/// What an administrator needs to know of a person besides what is theirs.
pub struct Known {
    pub name: String,
    pub registered_at: OffsetDateTime,
    pub closed_at: Option<OffsetDateTime>,
    /// The record that stays, where this one was merged into another.
    pub merged_into: Option<Uuid>,
    pub identity: Option<IdentityView>,
    pub frozen: bool,
    pub sessions_to_come: i64,
    pub same_number: Vec<Uuid>,
}

/// A person by id.
///
/// # Errors
/// [`AppError::NotFound`] for nobody.
pub async fn person(
    connection: &mut PgConnection,
    id: Uuid,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Known, AppError> {
    let row = sqlx::query!(
        r#"SELECT CASE WHEN $2 THEN coalesce(p.latin_name, '')
                  ELSE concat_ws(' ', p.given_name, p.father_name, p.grandfather_name, p.family_name) END AS "name!",
             p.created_at, p.closed_at, p.merged_into, c.confirmed_at AS "confirmed_at?", c.method AS "method?",
             EXISTS (SELECT FROM accounts a WHERE a.person_id = p.id)
                 AND NOT EXISTS (SELECT FROM accounts a WHERE a.person_id = p.id AND a.frozen_at IS NULL) AS "frozen!",
             (SELECT count(*) FROM training_sessions s
              WHERE s.trainer_id = p.id AND s.starts_at > $3 AND s.cancelled_at IS NULL) AS "sessions!",
             ARRAY(SELECT o.id FROM persons o WHERE o.national_id_hash = p.national_id_hash AND o.id <> p.id
                 AND o.merged_into IS NULL ORDER BY o.created_at, o.id LIMIT 20) AS "same_number!"
         FROM persons p LEFT JOIN identity_confirmations c ON c.person_id = p.id
         WHERE p.id = $1"#,
        id,
        locale == Locale::en,
        now
    )
    .fetch_optional(connection)
    .await?
    .ok_or(AppError::NotFound)?;
    let identity = row
        .confirmed_at
        .zip(row.method)
        .map(|(at, method)| IdentityView { at, single_sign_on: method == "single_sign_on" });
    Ok(Known {
        name: row.name,
        registered_at: row.created_at,
        closed_at: row.closed_at,
        merged_into: row.merged_into,
        identity,
        frozen: row.frozen && row.closed_at.is_none() && row.merged_into.is_none(),
        sessions_to_come: row.sessions,
        same_number: row.same_number,
    })
}
