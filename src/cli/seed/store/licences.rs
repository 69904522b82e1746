//! Requests, decisions and licences of the demonstration set.

use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::error::AppError;
use crate::review::model::{AgeBand, EFFECT_AFTER};
use crate::server::keys::random_digits;

/// A request, submitted at an instant or still in draft.
pub async fn insert_request(
    connection: &mut PgConnection,
    person: Uuid,
    kind: &str,
    organisation: Option<Uuid>,
    submitted_at: Option<OffsetDateTime>,
    age_band: AgeBand,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO licence_requests (number, person_id, kind, organisation_id, state, created_at, submitted_at,
             answer_by, age_band)
         VALUES ($1, $2, $3, $4, CASE WHEN $5::timestamptz IS NULL THEN 'draft' ELSE 'submitted' END,
             coalesce($5, $6), $5, $5 + setting('review_days', $3, $5) * interval '1 day', $7) RETURNING id",
        random_digits(10),
        person,
        kind,
        organisation,
        submitted_at,
        now,
        age_band.code()
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

/// A decision of the set: `approved`, `rejected` with a reason, or `returned` with the reason its Latin name needs mending.
pub struct Decision<'a> {
    pub outcome: &'a str,
    pub reason: Option<&'a str>,
    /// What the reviewer wrote beside the reason.
    pub text: Option<&'a str>,
    pub at: OffsetDateTime,
}

/// The decision of the reviewer who holds a request, and its effect ten seconds later.
pub async fn decide(
    connection: &mut PgConnection,
    request: Uuid,
    reviewer: Uuid,
    decision: &Decision<'_>,
) -> Result<(), AppError> {
    let returned = decision.outcome == "returned";
    let id = sqlx::query_scalar!(
        "INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at, reason)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        request,
        decision.outcome,
        reviewer,
        decision.at,
        decision.at + EFFECT_AFTER,
        decision.reason.filter(|_| !returned)
    )
    .fetch_one(&mut *connection)
    .await?;
    if returned {
        sqlx::query!(
            "INSERT INTO returned_fields (decision_id, field, reason) VALUES ($1, 'latin_name', coalesce($2, 'other'))",
            id,
            decision.reason
        )
        .execute(&mut *connection)
        .await?;
    }
    if let Some(text) = decision.text {
        let field = if returned { "latin_name" } else { "" };
        sqlx::query!("INSERT INTO decision_texts (decision_id, field, body) VALUES ($1, $2, $3)", id, field, text)
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query!(
        "UPDATE licence_requests SET state = $2, settled_at = $3 WHERE id = $1",
        request,
        decision.outcome,
        decision.at + EFFECT_AFTER
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Appeals against the rejection of a request.
pub async fn appeal(
    connection: &mut PgConnection,
    request: Uuid,
    text: &str,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!("UPDATE licence_requests SET state = 'appealed', appealed_at = $2,
             answer_by = $2::timestamptz + setting('review_days', kind, $2) * interval '1 day', claimed_by = NULL, claimed_at = NULL
         WHERE id = $1", request, at)
        .execute(&mut *connection)
        .await?;
    sqlx::query!("INSERT INTO appeal_texts (request_id, body) VALUES ($1, $2)", request, text)
        .execute(connection)
        .await?;
    Ok(())
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

/// Suspends a licence.
pub async fn suspend(
    connection: &mut PgConnection,
    licence: Uuid,
    reason: &str,
    by: Uuid,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    note(connection, licence, "suspended", Some(reason), by, at).await
}

/// Revokes a licence: one officer proposes it, the other approves an hour later.
pub async fn revoke(
    connection: &mut PgConnection,
    licence: Uuid,
    reason: &str,
    [first, second]: [Uuid; 2],
    at: OffsetDateTime,
) -> Result<(), AppError> {
    let proposal = propose(connection, licence, ("revoke", reason), first, at).await?;
    sqlx::query!(
        "INSERT INTO proposal_outcomes (proposal_id, outcome, by_id, at) VALUES ($1, 'approved', $2, $3)",
        proposal,
        second,
        at + Duration::hours(1)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Proposes to `restore` or to `revoke` a licence.
pub async fn propose(
    connection: &mut PgConnection,
    licence: Uuid,
    (act, reason): (&str, &str),
    by: Uuid,
    at: OffsetDateTime,
) -> Result<Uuid, AppError> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO licence_proposals (licence_id, act, reason, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
        licence,
        act,
        reason,
        by,
        at
    )
    .fetch_one(connection)
    .await?)
}

/// Issues a licence anew after a correction. Returns the day after its last.
pub async fn correct(
    connection: &mut PgConnection,
    old: Uuid,
    (id, number): (Uuid, &str),
    reason: &str,
    by: Uuid,
    at: OffsetDateTime,
) -> Result<Date, AppError> {
    sqlx::query!(
        "INSERT INTO licence_events (licence_id, event, reason, actor_id, at, successor_id)
         VALUES ($1, 'superseded', $2, $3, $4, $5)",
        old,
        reason,
        by,
        at,
        id
    )
    .execute(&mut *connection)
    .await?;
    Ok(sqlx::query_scalar!(
        "INSERT INTO licences (id, number, request_id, person_id, kind, organisation_id, state, issued_at, valid, corrects)
         SELECT $2, $3, request_id, person_id, kind, organisation_id, 'active', $4, valid, id FROM licences WHERE id = $1
         RETURNING upper(valid) AS \"until!\"",
        old,
        id,
        number,
        at
    )
    .fetch_one(connection)
    .await?)
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
