//! Taking a seat, waiting for one, giving it back.
//!
//! Whoever changes who holds a seat locks the session's row first: the order of asking is then the order of the lock,
//! and nobody is refused because of somebody else's haste.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{audit, offers, state};
use crate::error::{AppError, Problem};
use crate::server::config::Config;
use crate::server::database::OnConstraint;
use crate::training::model::EnrolmentState;

/// A session whose row is locked until the transaction ends.
pub(super) struct Locked {
    pub(super) id: Uuid,
    pub(super) programme: Uuid,
    pub(super) seats: i32,
    pub(super) taken: i32,
    pub(super) starts_at: OffsetDateTime,
    pub(super) enrol_by: OffsetDateTime,
    pub(super) withdrawn: bool,
}

/// Locks a session. `NO KEY`: rows that only refer to it need not wait.
pub(super) async fn lock(connection: &mut PgConnection, session: Uuid) -> Result<Locked, AppError> {
    sqlx::query_as!(
        Locked,
        r#"SELECT id, programme_id AS programme, seats, taken, starts_at, enrol_by,
                  cancelled_at IS NOT NULL AS "withdrawn!"
           FROM training_sessions WHERE id = $1 FOR NO KEY UPDATE"#,
        session
    )
    .fetch_optional(connection)
    .await?
    .ok_or(AppError::NotFound)
}

/// Gives a person a seat, or a place on the waiting list when the session is full or others wait. Asking again changes
/// nothing and answers with what they have.
///
/// # Errors
/// [`AppError::NotFound`] for no such session; refused when enrolment is over, the profile is not complete, a guardian
/// has not consented, the person has a live enrolment elsewhere in the programme, or trains the session.
pub async fn enrol(
    connection: &mut PgConnection,
    config: &Config,
    session: Uuid,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<EnrolmentState, AppError> {
    let locked = lock(connection, session).await?;
    let existing = sqlx::query_scalar!(
        "SELECT state FROM enrolments WHERE session_id = $1 AND person_id = $2
             AND state IN ('waitlisted', 'offered', 'enrolled', 'attended')",
        session,
        person
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(existing) = existing {
        return state(&existing);
    }
    if locked.withdrawn || now >= locked.enrol_by {
        return Problem::EnrolmentClosed.refused();
    }
    let others_wait = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM enrolments WHERE session_id = $1 AND state = 'waitlisted') AS "exists!""#,
        session
    )
    .fetch_one(&mut *connection)
    .await?;
    let given =
        if locked.taken < locked.seats && !others_wait { EnrolmentState::Enrolled } else { EnrolmentState::Waitlisted };
    let enrolment = sqlx::query_scalar!(
        "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
         VALUES ($1, $2, $3, $4, $5) RETURNING id",
        session,
        locked.programme,
        person,
        given.code(),
        now
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&[
        ("enrolments_one_live_per_programme", Problem::AlreadyEnrolled),
        ("enrolments_guardian_consent", Problem::GuardianConsentMissing),
        ("enrolments_profile", Problem::ProfileIncomplete),
        ("enrolments_not_own_session", Problem::OwnSession),
        // Closed at this very moment.
        ("person_is_open", Problem::NoLongerPossible),
    ])?;
    audit(connection, Some(person), given.code(), enrolment, now).await?;
    // Seats may have been added since the others began to wait.
    if given == EnrolmentState::Waitlisted && locked.taken < locked.seats {
        offers::offer_free_seats(connection, config, &locked, now).await?;
    }
    Ok(given)
}

/// Gives up a person's own seat, offer or place on the waiting list, before the session starts. A freed seat is offered
/// to the next in the same transaction. Asking again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs; refused once the session has started or attendance is marked.
pub async fn cancel(
    connection: &mut PgConnection,
    config: &Config,
    enrolment: Uuid,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let session =
        sqlx::query_scalar!("SELECT session_id FROM enrolments WHERE id = $1 AND person_id = $2", enrolment, person)
            .fetch_optional(&mut *connection)
            .await?
            .ok_or(AppError::NotFound)?;
    let locked = lock(connection, session).await?;
    let cancelled = sqlx::query!(
        "UPDATE enrolments SET state = 'cancelled'
         WHERE id = $1 AND state IN ('waitlisted', 'offered', 'enrolled') AND $2",
        enrolment,
        now < locked.starts_at
    )
    .execute(&mut *connection)
    .await?;
    if cancelled.rows_affected() == 0 {
        return match current(connection, enrolment).await? {
            EnrolmentState::Cancelled => Ok(()),
            _ => Problem::NoLongerPossible.refused(),
        };
    }
    audit(connection, Some(person), "cancelled", enrolment, now).await?;
    offers::offer_free_seats(connection, config, &locked, now).await
}

/// Takes the seat that is offered to a person, before the offer ends. Asking again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs; refused when the offer has ended or there is none.
pub async fn accept_offer(
    connection: &mut PgConnection,
    enrolment: Uuid,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let accepted = sqlx::query!(
        "UPDATE enrolments SET state = 'enrolled'
         WHERE id = $1 AND person_id = $2 AND state = 'offered' AND offered_until > $3",
        enrolment,
        person,
        now
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[("enrolments_guardian_consent", Problem::GuardianConsentMissing)])?;
    if accepted.rows_affected() == 1 {
        return audit(connection, Some(person), "offer_accepted", enrolment, now).await;
    }
    let theirs =
        sqlx::query_scalar!("SELECT state FROM enrolments WHERE id = $1 AND person_id = $2", enrolment, person)
            .fetch_optional(connection)
            .await?
            .ok_or(AppError::NotFound)?;
    match state(&theirs)? {
        EnrolmentState::Enrolled => Ok(()),
        EnrolmentState::Offered | EnrolmentState::Lapsed => Problem::OfferEnded.refused(),
        _ => Problem::NoLongerPossible.refused(),
    }
}

/// The state of an enrolment that is known to exist.
async fn current(connection: &mut PgConnection, enrolment: Uuid) -> Result<EnrolmentState, AppError> {
    let code =
        sqlx::query_scalar!("SELECT state FROM enrolments WHERE id = $1", enrolment).fetch_one(connection).await?;
    state(&code)
}
