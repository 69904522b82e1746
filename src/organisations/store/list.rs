//! Organisations: listed by name, searched, and one by its id.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::name_key::name_key;
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::organisations::model::{Organisation, OrganisationLine};
use crate::place::cut;

/// Organisations on a page.
const PAGE: usize = 20;

/// Organisations in whose name what was typed stands, in Arabic or in English; all where nothing was. By the order of their
/// names, after one of them; and after which the next page goes on.
///
/// # Errors
/// When the database is away.
pub async fn list(
    connection: &mut PgConnection,
    typed: &str,
    after: Option<Uuid>,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<(Vec<OrganisationLine>, Option<Uuid>), AppError> {
    let key = name_key(typed);
    let mut rows = sqlx::query!(
        r#"SELECT o.id, o.name_ar, o.name_en, o.approved_at IS NOT NULL AS "approved!",
             (SELECT count(*) FROM api_keys k
              WHERE k.organisation_id = o.id AND k.revoked_at IS NULL AND k.expires_at > $4) AS "keys!",
             (SELECT count(*) FROM webhook_endpoints e
              WHERE e.organisation_id = o.id AND e.closed_at IS NULL) AS "endpoints!"
           FROM organisations o
           WHERE ($1 = '' OR position($1 IN o.name_key) > 0 OR position($2 IN lower(o.name_en)) > 0)
             AND ($3::uuid IS NULL OR o.name_key > (SELECT name_key FROM organisations WHERE id = $3))
           ORDER BY o.name_key LIMIT $5"#,
        key,
        key.to_lowercase(),
        after,
        now,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(connection)
    .await?;
    let next = cut(&mut rows, PAGE, |last| last.id);
    let lines = rows
        .into_iter()
        .map(|row| OrganisationLine {
            id: row.id,
            name: pick(locale, row.name_ar, row.name_en),
            approved: row.approved,
            keys: row.keys,
            endpoints: row.endpoints,
        })
        .collect();
    Ok((lines, next))
}

/// An organisation.
///
/// # Errors
/// [`AppError::NotFound`]
pub async fn one(connection: &mut PgConnection, id: Uuid, locale: Locale) -> Result<Organisation, AppError> {
    let row = sqlx::query!(
        r#"SELECT name_ar, name_en, approved_at IS NOT NULL AS "approved!" FROM organisations WHERE id = $1"#,
        id
    )
    .fetch_one(connection)
    .await?;
    Ok(Organisation { id, name: pick(locale, row.name_ar, row.name_en), approved: row.approved })
}
