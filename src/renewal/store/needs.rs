//! What a renewal needs, and what of it is met: the same rows that the database obeys when it issues.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::{Prerequisite, Requirement};
use crate::server::database::internal;

/// The needs of a licence's renewal with their evidence; of what stands of it, should it have been corrected.
///
/// # Errors
/// When the database is away.
pub async fn needs(
    connection: &mut PgConnection,
    licence: Uuid,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Vec<Requirement>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT p.code AS "code!", p.met AS "met!", p.met_at,
             coalesce(CASE WHEN $3 THEN g.title_en ELSE g.title_ar END, l.number,
                 CASE WHEN $3 THEN o.name_en ELSE o.name_ar END, c.method, '') AS "evidence!"
         FROM standing_licence($1) old CROSS JOIN LATERAL renewal_needs(old, $2) p
         LEFT JOIN enrolments e ON p.code = 'programme' AND e.id = p.met_by
         LEFT JOIN programmes g ON g.id = e.programme_id
         LEFT JOIN licences l ON p.code = 'practitioner_licence' AND l.id = p.met_by
         LEFT JOIN organisations o ON p.code = 'organisation' AND o.id = p.met_by
         LEFT JOIN identity_confirmations c ON p.code = 'identity' AND c.person_id = p.met_by"#,
        licence,
        now,
        locale == Locale::en
    )
    .fetch_all(connection)
    .await?;
    let mut needs = rows
        .into_iter()
        .map(|row| {
            let what = Prerequisite::from_code(&row.code).ok_or_else(|| internal(&"unknown need"))?;
            Ok(Requirement { what, met: row.met, met_on: row.met_at.map(riyadh_day), evidence: row.evidence })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    needs.sort_by_key(|one| Prerequisite::ALL.iter().position(|what| *what == one.what));
    Ok(needs)
}

/// Whether the register would issue the renewal of a licence at an instant: it stands, is not renewed, and all is met.
///
/// # Errors
/// When the database is away.
pub async fn is_possible(connection: &mut PgConnection, licence: Uuid, at: OffsetDateTime) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM standing_licence($1) l WHERE l.state = 'active' AND NOT renewed(l)
             AND NOT EXISTS (SELECT FROM renewal_needs(l, $2) WHERE NOT met)) AS "possible!""#,
        licence,
        at
    )
    .fetch_one(connection)
    .await?)
}
