//! The one place where a licence comes into being.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::DRAWS;
use crate::calendar::riyadh_day;
use crate::error::{AppError, Problem};
use crate::licences::model::LicenceNumber;
use crate::server::database::{OnConstraint, internal};

/// A licence just issued.
pub struct Issued {
    pub id: Uuid,
    pub number: LicenceNumber,
}

/// Issues the licence of an approved request, valid for the months of the setting in force: a renewal from the day after
/// the old licence's last, any other from today in Riyadh.
/// `numbers` draws fifteen random digits; a number that exists is drawn again, never shared.
///
/// # Errors
/// [`Problem::RequestTakenBack`] when the request is not approved or has its licence already,
/// [`Problem::PrerequisitesMissing`] and [`Problem::LicenceStillValid`] when the register forbids it.
pub async fn issue(
    connection: &mut PgConnection,
    request: Uuid,
    mut numbers: impl FnMut() -> String,
    now: OffsetDateTime,
) -> Result<Issued, AppError> {
    for _ in 0..DRAWS {
        let number = LicenceNumber::from_digits15(&numbers()).ok_or_else(|| internal(&"not fifteen digits drawn"))?;
        let id = sqlx::query_scalar!(
            "INSERT INTO licences (number, request_id, person_id, kind, organisation_id, state, issued_at, valid)
             SELECT $1, id, person_id, kind, organisation_id, 'active', $3,
                 licence_days(first_day(q, $4), setting('validity_months', kind, $3))
             FROM licence_requests q WHERE id = $2
             ON CONFLICT (number) DO NOTHING RETURNING id",
            number.digits(),
            request,
            now,
            riyadh_day(now)
        )
        .fetch_optional(&mut *connection)
        .await
        .on_constraint(&[
            ("licences_approved_request", Problem::RequestTakenBack),
            ("licences_one_per_request", Problem::RequestTakenBack),
            ("licences_prerequisites", Problem::PrerequisitesMissing),
            ("licences_renewal_standing", Problem::PrerequisitesMissing),
            ("licences_renewal_needs", Problem::PrerequisitesMissing),
            ("licences_never_overlap", Problem::LicenceStillValid),
        ])?;
        if let Some(id) = id {
            record(connection, id, request, now).await?;
            return Ok(Issued { id, number });
        }
    }
    Err(internal(&"no free licence number was drawn"))
}

/// The first event of its history, by whoever approved it.
async fn record(connection: &mut PgConnection, id: Uuid, request: Uuid, now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!(
        "WITH issued AS (
             INSERT INTO licence_events (licence_id, event, actor_id, at)
             SELECT $1, 'issued', (SELECT reviewer_id FROM decisions d WHERE request_id = $2 AND outcome = 'approved'
                 AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)), $3
             RETURNING licence_id, actor_id, at
         )
         INSERT INTO audit_entries (at, actor_id, action, subject_id)
         SELECT at, actor_id, 'licence_issued', licence_id FROM issued",
        id,
        request,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
