//! A request as the reviewer who holds it sees it.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, RequestState};
use crate::server::database::internal;

/// A request as the reviewer who holds it sees it.
pub struct Held {
    pub id: Uuid,
    pub person: Uuid,
    pub kind: LicenceKind,
    pub organisation: Option<Uuid>,
    pub organisation_name: Option<String>,
    pub submitted_at: OffsetDateTime,
    pub answer_by: Option<OffsetDateTime>,
    pub appealed_at: Option<OffsetDateTime>,
    pub appeal_text: Option<String>,
    /// The licence it renews.
    pub renews: Option<Uuid>,
}

/// A request that this reviewer holds and has still to decide. To look at it is an act that keeps the claim: in one
/// statement, so that who lost it a moment before does not get it back.
///
/// # Errors
/// [`Problem::RequestTakenBack`] for any other number, be it known or not.
pub async fn request(
    connection: &mut PgConnection,
    reviewer: Uuid,
    number: &str,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Held, AppError> {
    let row = sqlx::query!(
        r#"WITH kept AS (
             UPDATE licence_requests SET acted_at = greatest(acted_at, $4)
             WHERE number = $1 AND state = 'in_review' AND claimed_by = $2
               AND NOT EXISTS (SELECT FROM standing_decision(id, claimed_at))
             RETURNING *)
         SELECT q.id, q.person_id, q.kind, q.organisation_id, q.submitted_at AS "submitted_at!", q.answer_by, q.appealed_at,
             q.renews, a.body AS "appeal_text?",
             CASE WHEN $3 THEN o.name_en ELSE o.name_ar END AS organisation_name
         FROM kept q LEFT JOIN organisations o ON o.id = q.organisation_id
         LEFT JOIN appeal_texts a ON a.request_id = q.id"#,
        number,
        reviewer,
        locale == Locale::en,
        now
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Problem::RequestTakenBack.refused() };
    Ok(Held {
        id: row.id,
        person: row.person_id,
        kind: kind(&row.kind)?,
        organisation: row.organisation_id,
        organisation_name: row.organisation_name,
        submitted_at: row.submitted_at,
        answer_by: row.answer_by,
        appealed_at: row.appealed_at,
        appeal_text: row.appeal_text,
        renews: row.renews,
    })
}

/// An earlier request of an applicant.
pub struct Earlier {
    pub kind: LicenceKind,
    pub state: RequestState,
    pub at: OffsetDateTime,
}

/// The requests of a person besides one, newest first.
///
/// # Errors
/// When the database is away.
pub async fn earlier(
    connection: &mut PgConnection,
    person: Uuid,
    besides: &str,
    now: OffsetDateTime,
) -> Result<Vec<Earlier>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT q.kind, state_at(q, $3) AS "state!", coalesce(
             (SELECT max(decided_at) FROM decisions WHERE request_id = q.id AND effective_at <= $3),
             q.submitted_at, q.created_at) AS "at!"
         FROM licence_requests q WHERE q.person_id = $1 AND q.number <> $2 ORDER BY q.created_at DESC LIMIT 10"#,
        person,
        besides,
        now
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let state = RequestState::from_code(&row.state).ok_or_else(|| internal(&"unknown request state"))?;
            Ok(Earlier { kind: kind(&row.kind)?, state, at: row.at })
        })
        .collect()
}

pub(super) fn kind(code: &str) -> Result<LicenceKind, AppError> {
    LicenceKind::from_code(code).ok_or_else(|| internal(&"unknown licence kind"))
}
