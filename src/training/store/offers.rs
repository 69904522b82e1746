//! The waiting list: a freed seat is offered to the next in line for a set time, then to the one after.

use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

use super::seats::{Locked, lock};
use super::{audit, kind};
use crate::error::AppError;
use crate::messages::store::tell;
use crate::messages::templates::Telling;
use crate::server::config::Config;
use crate::server::{database, jobs};
use crate::training::job::EndOffers;

/// What messages about a session tell of it.
struct Told {
    title_ar: String,
    title_en: String,
    link: String,
}

impl Told {
    fn title(&self) -> (&str, &str) {
        (&self.title_ar, &self.title_en)
    }
}

async fn told(connection: &mut PgConnection, config: &Config, session: Uuid) -> Result<Told, AppError> {
    let row = sqlx::query!(
        "SELECT p.title_ar, p.title_en FROM training_sessions s JOIN programmes p ON p.id = s.programme_id
         WHERE s.id = $1",
        session
    )
    .fetch_one(connection)
    .await?;
    let link = format!("{}/training/{session}", config.origin);
    Ok(Told { title_ar: row.title_ar, title_en: row.title_en, link })
}

/// Offers every free seat of a locked session to who has waited longest. An offer ends with enrolment at the latest.
pub(super) async fn offer_free_seats(
    connection: &mut PgConnection,
    config: &Config,
    session: &Locked,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    if session.withdrawn || now >= session.enrol_by {
        return Ok(());
    }
    let licence = sqlx::query_scalar!("SELECT kind FROM programmes WHERE id = $1", session.programme)
        .fetch_one(&mut *connection)
        .await?;
    let hours = setting_hours(connection, kind(&licence)?.code(), now).await?;
    let until = session.enrol_by.min(now + time::Duration::hours(hours));
    // `taken` is read anew: the caller may just have freed a seat.
    let offered = sqlx::query!(
        "UPDATE enrolments SET state = 'offered', offered_until = $2
         WHERE id IN (
             SELECT id FROM enrolments WHERE session_id = $1 AND state = 'waitlisted' ORDER BY position
             LIMIT (SELECT seats - taken FROM training_sessions WHERE id = $1))
         RETURNING id, person_id",
        session.id,
        until
    )
    .fetch_all(&mut *connection)
    .await?;
    if offered.is_empty() {
        return Ok(());
    }
    let told = told(connection, config, session.id).await?;
    let telling = Telling::SeatOffered { title: told.title(), until, link: &told.link };
    for row in offered {
        audit(connection, None, "offered", row.id, now).await?;
        tell(connection, &config.keys, row.person_id, &telling, now).await?;
    }
    jobs::add(connection, &EndOffers { session: session.id }, until, None).await
}

/// How long an offer stands. At least an hour: a rule of nought would offer to nobody.
async fn setting_hours(connection: &mut PgConnection, kind: &str, now: OffsetDateTime) -> Result<i64, AppError> {
    let hours = sqlx::query_scalar!("SELECT setting('offer_hours', $1, $2)", kind, now).fetch_one(connection).await?;
    Ok(i64::from(hours.unwrap_or(24)).max(1))
}

/// Ends a session's offers whose time is over and offers their seats on; once enrolment is over, ends the waiting too,
/// so that who waited in vain is free to enrol elsewhere.
///
/// # Errors
/// When the database is away.
pub async fn end_offers(
    connection: &mut PgConnection,
    config: &Config,
    session: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let session = lock(connection, session).await?;
    let lapsed = sqlx::query!(
        "UPDATE enrolments SET state = 'lapsed'
         WHERE session_id = $1 AND state = 'offered' AND offered_until <= $2 RETURNING id, person_id",
        session.id,
        now
    )
    .fetch_all(&mut *connection)
    .await?;
    let told = told(connection, config, session.id).await?;
    let telling = Telling::OfferLapsed { title: told.title(), link: &told.link };
    for row in lapsed {
        audit(connection, None, "lapsed", row.id, now).await?;
        tell(connection, &config.keys, row.person_id, &telling, now).await?;
    }
    if now < session.enrol_by {
        return offer_free_seats(connection, config, &session, now).await;
    }
    let waited = sqlx::query!(
        "UPDATE enrolments SET state = 'cancelled' WHERE session_id = $1 AND state = 'waitlisted'
         RETURNING id, person_id",
        session.id
    )
    .fetch_all(&mut *connection)
    .await?;
    let link = format!("{}/training", config.origin);
    let telling = Telling::WaitingEnded { title: told.title(), link: &link };
    for row in waited {
        audit(connection, None, "waiting_ended", row.id, now).await?;
        tell(connection, &config.keys, row.person_id, &telling, now).await?;
    }
    Ok(())
}

/// As [`end_offers`] for every session that has something to end or a free seat to offer: what a lost job left undone,
/// and seats that were added.
///
/// # Errors
/// When the database is away.
pub async fn end_all_offers(pool: &PgPool, config: &Config, now: OffsetDateTime) -> Result<(), AppError> {
    let sessions = sqlx::query_scalar!(
        "SELECT e.session_id FROM enrolments e WHERE e.state = 'offered' AND e.offered_until <= $1
         UNION
         SELECT s.id FROM enrolments e JOIN training_sessions s ON s.id = e.session_id
         WHERE e.state = 'waitlisted' AND (s.enrol_by <= $1 OR (s.taken < s.seats AND s.cancelled_at IS NULL))",
        now
    )
    .fetch_all(pool)
    .await?;
    for session in sessions.into_iter().flatten() {
        let mut tx = database::begin_as(pool, None).await?;
        end_offers(&mut tx, config, session, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Offers the seats that were added to a session to who waits for one.
///
/// # Errors
/// When the database is away.
pub async fn offer_added_seats(
    connection: &mut PgConnection,
    config: &Config,
    session: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let session = lock(connection, session).await?;
    offer_free_seats(connection, config, &session, now).await
}
