//! Requests, decisions and licences of the demonstration set.

use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::error::AppError;
use crate::server::keys::random_digits;

/// How long after a decision it takes effect.
const EFFECTIVE_AFTER: Duration = Duration::seconds(10);

/// A request, submitted at an instant or still in draft.
pub async fn insert_request(
    connection: &mut PgConnection,
    person: Uuid,
    kind: &str,
    organisation: Option<Uuid>,
    submitted_at: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO licence_requests (number, person_id, kind, organisation_id, state, created_at, submitted_at,
             answer_by)
         VALUES ($1, $2, $3, $4, CASE WHEN $5::timestamptz IS NULL THEN 'draft' ELSE 'submitted' END,
             coalesce($5, $6), $5, $5 + setting('review_days', $3, $5) * interval '1 day') RETURNING id",
        random_digits(10),
        person,
        kind,
        organisation,
        submitted_at,
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// Gives a request to a reviewer.
pub async fn claim(
    connection: &mut PgConnection,
    request: Uuid,
    reviewer: Uuid,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "UPDATE licence_requests SET state = 'in_review', claimed_by = $2, claimed_at = $3 WHERE id = $1",
        request,
        reviewer,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The decision of the reviewer who holds a request: `approved`, `rejected` or `returned`.
pub async fn decide(
    connection: &mut PgConnection,
    request: Uuid,
    reviewer: Uuid,
    outcome: &str,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at) VALUES ($1, $2, $3, $4, $5)",
        request,
        outcome,
        reviewer,
        at,
        at + EFFECTIVE_AFTER
    )
    .execute(&mut *connection)
    .await?;
    move_request(connection, request, outcome).await
}

/// The next state of a request.
pub async fn move_request(connection: &mut PgConnection, request: Uuid, state: &str) -> Result<(), AppError> {
    sqlx::query!("UPDATE licence_requests SET state = $2 WHERE id = $1", request, state).execute(connection).await?;
    Ok(())
}

/// What a licence of the set says.
pub struct NewLicence<'a> {
    pub id: Uuid,
    pub number: &'a str,
    pub request: Uuid,
    pub from: Date,
    pub months: i32,
    pub issued_at: OffsetDateTime,
}

/// The licence of an approved request, and the event that begins its history. Returns the day after its last.
pub async fn issue(connection: &mut PgConnection, licence: &NewLicence<'_>, reviewer: Uuid) -> Result<Date, AppError> {
    let until = sqlx::query_scalar!(
        "INSERT INTO licences (id, number, request_id, person_id, kind, organisation_id, state, issued_at, valid)
         SELECT $1, $2, r.id, r.person_id, r.kind, r.organisation_id, 'active', $4,
             daterange($5, ($5::date + make_interval(months => $6))::date)
         FROM licence_requests r WHERE r.id = $3 RETURNING upper(valid) AS \"until!\"",
        licence.id,
        licence.number,
        licence.request,
        licence.issued_at,
        licence.from,
        licence.months
    )
    .fetch_one(&mut *connection)
    .await?;
    note(connection, licence.id, "issued", None, reviewer, licence.issued_at).await?;
    Ok(until)
}

/// A licence's further life: `suspended`, `revoked`, or `superseded` by another.
pub async fn end(
    connection: &mut PgConnection,
    licence: Uuid,
    state: &str,
    superseded_by: Option<Uuid>,
    reason: Option<&str>,
    by: Uuid,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!("UPDATE licences SET state = $2, superseded_by = $3 WHERE id = $1", licence, state, superseded_by)
        .execute(&mut *connection)
        .await?;
    note(connection, licence, state, reason, by, at).await
}

async fn note(
    connection: &mut PgConnection,
    licence: Uuid,
    event: &str,
    reason: Option<&str>,
    actor: Uuid,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "INSERT INTO licence_events (licence_id, event, reason, actor_id, at) VALUES ($1, $2, $3, $4, $5)",
        licence,
        event,
        reason,
        actor,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}
