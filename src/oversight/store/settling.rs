//! What becomes of a proposal. An approval is its effect: the database changes the licences by the same statement.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::acting::audit;
use crate::error::{AppError, Problem};
use crate::licences::model::LicenceNumber;
use crate::oversight::model::{Act, Outcome, Reason};
use crate::server::database::{OnConstraint, internal};

/// A licence that an approval changed.
pub struct Taken {
    pub holder: Uuid,
    pub number: LicenceNumber,
    pub act: Act,
    pub reason: Reason,
}

/// Approves a proposal: the licence is restored, or it is revoked together with its renewal that has not started.
///
/// # Errors
/// As [`refuse`].
pub async fn approve(
    connection: &mut PgConnection,
    officer: Uuid,
    proposal: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<Taken>, AppError> {
    settle(connection, officer, proposal, Outcome::Approved, now).await?;
    let rows = sqlx::query!(
        "SELECT l.id, l.number, l.person_id, p.act, p.reason
         FROM licence_events e JOIN licences l ON l.id = e.licence_id JOIN licence_proposals p ON p.id = e.proposal_id
         WHERE e.licence_id IN (SELECT id FROM licences WHERE person_id = (SELECT person_id FROM licences
             WHERE id = (SELECT licence_id FROM licence_proposals WHERE id = $1)))
           AND e.proposal_id = $1 ORDER BY e.id",
        proposal
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut taken = Vec::with_capacity(rows.len());
    for row in rows {
        let act = Act::from_code(&row.act).ok_or_else(|| internal(&"unknown act"))?;
        let action = if act == Act::Restore { "licence_restored" } else { "licence_revoked" };
        audit(connection, officer, action, row.id, now).await?;
        taken.push(Taken {
            holder: row.person_id,
            number: LicenceNumber::parse(&row.number).map_err(|_| internal(&"a stored number is malformed"))?,
            act,
            reason: Reason::from_code(&row.reason).ok_or_else(|| internal(&"unknown reason"))?,
        });
    }
    Ok(taken)
}

/// Refuses a proposal of another officer, who reads why. Returns the number of its licence.
///
/// # Errors
/// [`AppError::NotFound`], [`Problem::NoLongerPossible`] when it does not wait any more, [`Problem::SecondOfficerNeeded`]
/// for who proposed it, [`Problem::TiedToPerson`].
pub async fn refuse(
    connection: &mut PgConnection,
    officer: Uuid,
    proposal: Uuid,
    text: &str,
    now: OffsetDateTime,
) -> Result<String, AppError> {
    let (licence, number) = settle(connection, officer, proposal, Outcome::Refused, now).await?;
    sqlx::query!("INSERT INTO proposal_texts (proposal_id, part, body) VALUES ($1, 'refused', $2)", proposal, text)
        .execute(&mut *connection)
        .await?;
    audit(connection, officer, "proposal_refused", licence, now).await?;
    Ok(number)
}

/// Takes one's own proposal back. Returns the number of its licence.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown one and another officer's alike, [`Problem::NoLongerPossible`] when it does not
/// wait any more.
pub async fn withdraw(
    connection: &mut PgConnection,
    officer: Uuid,
    proposal: Uuid,
    now: OffsetDateTime,
) -> Result<String, AppError> {
    let settled = settle(connection, officer, proposal, Outcome::Withdrawn, now).await;
    let (licence, number) = settled.map_err(|error| match error {
        AppError::Refused(Problem::SecondOfficerNeeded) => AppError::NotFound,
        error => error,
    })?;
    audit(connection, officer, "proposal_withdrawn", licence, now).await?;
    Ok(number)
}

/// Notes what became of a proposal; the id and number of the licence it was about.
async fn settle(
    connection: &mut PgConnection,
    officer: Uuid,
    proposal: Uuid,
    outcome: Outcome,
    now: OffsetDateTime,
) -> Result<(Uuid, String), AppError> {
    let licence = sqlx::query!(
        "SELECT l.id, l.number FROM licence_proposals p JOIN licences l ON l.id = p.licence_id WHERE p.id = $1",
        proposal
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "INSERT INTO proposal_outcomes (proposal_id, outcome, by_id, at) VALUES ($1, $2, $3, $4)",
        proposal,
        outcome.code(),
        officer,
        now
    )
    .execute(connection)
    .await
    .on_constraint(&[
        ("proposal_outcomes_open", Problem::NoLongerPossible),
        ("proposal_outcomes_second_officer", Problem::SecondOfficerNeeded),
        ("proposal_outcomes_untied", Problem::TiedToPerson),
        // It ended while the proposal waited.
        ("licence_events_possible", Problem::NoLongerPossible),
    ])?;
    Ok((licence.id, licence.number))
}
