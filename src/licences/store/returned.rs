//! A request that was returned: what needs mending, and submitting it anew.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::requests::{audit, request};
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::review::model::{FieldReason, RequestField};
use crate::server::database::internal;

/// A field that needs mending.
pub struct Returned {
    pub field: RequestField,
    pub reason: FieldReason,
    /// What the reviewer wrote, unless it was erased since.
    pub text: Option<String>,
}

/// What the newest decision that has taken effect asks to mend; empty where that is no return.
///
/// # Errors
/// When the database is away.
pub async fn returned_fields(
    connection: &mut PgConnection,
    person: Uuid,
    number: &str,
    now: OffsetDateTime,
) -> Result<Vec<Returned>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT f.field, f.reason, t.body AS "text?"
         FROM returned_fields f LEFT JOIN decision_texts t ON t.decision_id = f.decision_id AND t.field = f.field
         WHERE f.decision_id = (
             SELECT d.id FROM decisions d JOIN licence_requests q ON q.id = d.request_id
             WHERE q.number = $1 AND q.person_id = $2 AND d.effective_at <= $3
               AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)
             ORDER BY d.decided_at DESC LIMIT 1)"#,
        number,
        person,
        now
    )
    .fetch_all(connection)
    .await?;
    let mut fields = rows
        .into_iter()
        .map(|row| {
            let field = RequestField::from_code(&row.field).ok_or_else(|| internal(&"unknown field"))?;
            let reason = FieldReason::from_code(&row.reason).ok_or_else(|| internal(&"unknown reason"))?;
            Ok(Returned { field, reason, text: row.text })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    fields.sort_by_key(|one| RequestField::ALL.iter().position(|field| *field == one.field));
    Ok(fields)
}

/// The organisation a management licence is requested for, by id.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number and for somebody else's alike.
pub async fn organisation_of(
    connection: &mut PgConnection,
    person: Uuid,
    number: &str,
) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT organisation_id FROM licence_requests WHERE number = $1 AND person_id = $2",
        number,
        person
    )
    .fetch_one(connection)
    .await?)
}

/// Submits a returned request anew, for another organisation where one is given.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number or somebody else's; [`Problem::NoLongerPossible`] when it is not returned.
pub async fn resubmit(
    connection: &mut PgConnection,
    person: Uuid,
    number: &str,
    organisation: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let submitted = sqlx::query!(
        "UPDATE licence_requests SET state = 'submitted', submitted_at = $3, claimed_by = NULL, claimed_at = NULL,
             organisation_id = coalesce($4, organisation_id),
             answer_by = $3::timestamptz + make_interval(days => setting('review_days', kind, $3))
         WHERE number = $1 AND person_id = $2 AND state = 'returned'",
        number,
        person,
        now,
        organisation
    )
    .execute(&mut *connection)
    .await?
    .rows_affected();
    if submitted == 1 {
        return audit(connection, "request_resubmitted", person, number, now).await;
    }
    // Somebody else's request is not there.
    request(connection, person, number, Locale::ar, now).await?;
    Problem::NoLongerPossible.refused()
}
