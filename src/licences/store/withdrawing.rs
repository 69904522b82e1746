//! Taking a request back.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::requests::{audit, request};
use crate::error::{AppError, Problem};
use crate::i18n::Locale;
use crate::licences::model::RequestState;
use crate::server::database::OnConstraint;

/// Takes a request back before a decision about it takes effect; one that has yet to is overtaken. Doing so again
/// changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number or somebody else's; [`Problem::NoLongerPossible`] once decided.
pub async fn withdraw(
    connection: &mut PgConnection,
    person: Uuid,
    number: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    // Locked first: the decision that is looked for is then the last.
    sqlx::query!("SELECT id FROM licence_requests WHERE number = $1 AND person_id = $2 FOR UPDATE", number, person)
        .fetch_one(&mut *connection)
        .await?;
    sqlx::query!(
        "INSERT INTO decision_withdrawals (decision_id, kind, by_id, withdrawn_at)
         SELECT d.id, 'overtaken', q.person_id, $3 FROM licence_requests q, standing_decision(q.id, q.claimed_at) d
         WHERE q.number = $1 AND q.person_id = $2 AND q.state = 'in_review' AND d.effective_at > $3",
        number,
        person,
        now
    )
    .execute(&mut *connection)
    .await?;
    let withdrawn = sqlx::query!(
        "UPDATE licence_requests SET state = 'withdrawn', claimed_by = NULL, claimed_at = NULL
         WHERE number = $1 AND person_id = $2 AND state IN ('submitted', 'in_review', 'returned')",
        number,
        person
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[("licence_requests_undecided", Problem::NoLongerPossible)])?
    .rows_affected();
    if withdrawn == 1 {
        return audit(connection, "request_withdrawn", person, number, now).await;
    }
    match request(connection, person, number, Locale::ar, now).await?.state {
        RequestState::Withdrawn => Ok(()),
        _ => Problem::NoLongerPossible.refused(),
    }
}
