//! A request that was rejected: why, and the appeal against it.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::requests::{audit, request};
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::review::model::RejectReason;
use crate::server::database::{OnConstraint, internal};

/// Why a request was rejected.
pub struct Rejection {
    pub reason: RejectReason,
    /// What the reviewer wrote, unless it was erased since.
    pub text: Option<String>,
    /// Until when it can be appealed; `None` when it decided an appeal.
    pub appeal_by: Option<OffsetDateTime>,
}

/// The rejection that stands at an instant, if that is the newest decision.
///
/// # Errors
/// When the database is away.
pub async fn rejection(
    connection: &mut PgConnection,
    person: Uuid,
    number: &str,
    now: OffsetDateTime,
) -> Result<Option<Rejection>, AppError> {
    let row = sqlx::query!(
        r#"SELECT d.outcome, d.reason, t.body AS "text?", d.appeal, appeal_deadline(q.id) AS deadline
         FROM licence_requests q JOIN decisions d ON d.request_id = q.id
         LEFT JOIN decision_texts t ON t.decision_id = d.id AND t.field = ''
         WHERE q.number = $1 AND q.person_id = $2 AND d.effective_at <= $3
           AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)
         ORDER BY d.decided_at DESC LIMIT 1"#,
        number,
        person,
        now
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row.filter(|row| row.outcome == "rejected") else { return Ok(None) };
    let reason = row.reason.as_deref().and_then(RejectReason::from_code);
    Ok(Some(Rejection {
        reason: reason.ok_or_else(|| internal(&"unknown reason"))?,
        text: row.text,
        appeal_by: row.deadline.filter(|_| !row.appeal),
    }))
}

/// Appeals against a rejection: once, in time. Another reviewer decides.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number or somebody else's; [`Problem::AppealedAlready`],
/// [`Problem::AppealTooLate`], [`Problem::RequestExists`] when another request of the kind is open, and
/// [`Problem::NoLongerPossible`] when it is not rejected.
pub async fn appeal(
    connection: &mut PgConnection,
    person: Uuid,
    number: &str,
    text: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let appealed = sqlx::query_scalar!(
        "UPDATE licence_requests SET state = 'appealed', appealed_at = $3, claimed_by = NULL, claimed_at = NULL,
             answer_by = $3::timestamptz + make_interval(days => setting('review_days', kind, $3))
         WHERE number = $1 AND person_id = $2 AND state = 'rejected' RETURNING id",
        number,
        person,
        now
    )
    .fetch_optional(&mut *connection)
    .await
    .on_constraint(&[
        ("licence_requests_appealed_once", Problem::AppealedAlready),
        ("licence_requests_appeal_in_time", Problem::AppealTooLate),
        ("licence_requests_one_open", Problem::RequestExists),
        // Merged at this very moment.
        ("person_is_open", Problem::NoLongerPossible),
    ])?;
    let Some(id) = appealed else {
        return match request(connection, person, number, Locale::ar, now).await?.appealed_at {
            Some(_) => Problem::AppealedAlready.refused(),
            None => Problem::NoLongerPossible.refused(),
        };
    };
    sqlx::query!("INSERT INTO appeal_texts (request_id, body) VALUES ($1, $2)", id, text)
        .execute(&mut *connection)
        .await?;
    audit(connection, "request_appealed", person, number, now).await
}
