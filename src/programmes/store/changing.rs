//! Changing a session. Everybody who holds a place in it, or waits for one, is told in the same transaction.

use std::collections::BTreeSet;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::held::hold;
use super::planning::{MEANINGS, by_field, take_turn};
use super::{Held, audit};
use crate::error::{AppError, Problem};
use crate::messages::store::notify;
use crate::programmes::model::Plan;
use crate::programmes::telling;
use crate::server::config::Config;
use crate::server::database::OnConstraint;
use crate::training::store::offers;

/// Changes a session that has not started; its programme stays. Seats that are added are offered to who waits. Asking
/// for what is so already changes nothing and tells nobody.
///
/// # Errors
/// [`AppError::NotFound`]; [`Problem::SessionCancelled`], [`Problem::SessionStarted`]; and by field what
/// [`super::planning::plan`] refuses, or fewer seats than are taken.
pub async fn change(
    connection: &mut PgConnection,
    config: &Config,
    session: Uuid,
    plan: &Plan,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    take_turn(connection).await?;
    let before = hold(connection, session).await?;
    if before.cancelled {
        return Problem::SessionCancelled.refused();
    }
    if before.starts_at <= now {
        return Problem::SessionStarted.refused();
    }
    if is_as_planned(&before, plan) {
        return Ok(());
    }
    // Rules of who leads it and when hold from the first such change by an administrator on.
    sqlx::query!(
        "UPDATE training_sessions SET mode = $2, region = $3, city = $4, venue_ar = $5, venue_en = $6, starts_at = $7,
             ends_at = $8, enrol_by = $9, trainer_id = $10, seats = $11,
             planned_by = CASE WHEN (starts_at, ends_at, trainer_id) IS DISTINCT FROM ($7, $8, $10) THEN $12
                 ELSE planned_by END
         WHERE id = $1",
        session,
        plan.mode.code(),
        plan.region,
        plan.city,
        plan.venue_ar,
        plan.venue_en,
        plan.starts_at,
        plan.ends_at,
        plan.enrol_by,
        plan.trainer,
        plan.seats,
        by
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&MEANINGS)
    .map_err(by_field)?;
    // No offer outlives enrolment.
    sqlx::query!(
        "UPDATE enrolments SET offered_until = $2 WHERE session_id = $1 AND state = 'offered' AND offered_until > $2",
        session,
        plan.enrol_by
    )
    .execute(&mut *connection)
    .await?;
    audit(connection, by, "session_changed", session, now).await?;
    let after = hold(connection, session).await?;
    tell(connection, config, &before, &after, now).await?;
    offers::offer_added_seats(connection, config, session, now).await
}

fn is_as_planned(held: &Held, plan: &Plan) -> bool {
    (held.mode.as_str(), held.region.as_str(), held.city.as_str(), held.venue_ar.as_str(), held.venue_en.as_str())
        == (plan.mode.code(), plan.region.as_str(), plan.city.as_str(), plan.venue_ar.as_str(), plan.venue_en.as_str())
        && (held.starts_at, held.ends_at, held.enrol_by) == (plan.starts_at, plan.ends_at, plan.enrol_by)
        && (held.trainer, held.seats) == (plan.trainer, plan.seats)
}

/// Tells who has to do with the session what is different; its trainer, and who was it, too.
async fn tell(
    connection: &mut PgConnection,
    config: &Config,
    before: &Held,
    after: &Held,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let link = format!("{}/training/{}", config.origin, after.id);
    let Some(body) = telling::changed(before, after, &link) else { return Ok(()) };
    let mut people: BTreeSet<Uuid> = people(connection, after.id).await?.into_iter().collect();
    people.extend([before.trainer, after.trainer]);
    for person in people {
        notify(connection, &config.keys, person, "session_changed", &body, now).await?;
    }
    Ok(())
}

/// Who holds a place in a session, is offered one, or waits.
async fn people(connection: &mut PgConnection, session: Uuid) -> Result<Vec<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "SELECT person_id FROM enrolments WHERE session_id = $1
           AND state IN ('waitlisted', 'offered', 'enrolled', 'attended', 'absent')",
        session
    )
    .fetch_all(connection)
    .await?)
}
