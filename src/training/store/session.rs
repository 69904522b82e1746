//! One session, and what one person can do about it.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::browse::joined;
use super::{count, kind, state};
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::training::model::{EnrolmentState, Own, SessionDetails, SessionMode, Standing};

/// One session, with what `person` can do about it.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such session.
pub async fn details(
    connection: &mut PgConnection,
    session: Uuid,
    person: Option<Uuid>,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<SessionDetails, AppError> {
    let row = sqlx::query!(
        r#"SELECT p.id AS programme, p.title_ar, p.title_en, p.summary_ar, p.summary_en, p.hours, p.kind, s.mode,
                  s.venue_ar, s.venue_en, c.name_ar AS city_ar, c.name_en AS city_en, r.name_ar AS region_ar,
                  r.name_en AS region_en, s.starts_at, s.ends_at, s.enrol_by, s.seats - s.taken AS "left!",
                  s.cancelled_at IS NOT NULL AS "withdrawn!",
                  (SELECT count(*) FROM enrolments e WHERE e.session_id = s.id AND e.state = 'waitlisted')
                      AS "waiting!"
           FROM training_sessions s
           JOIN programmes p ON p.id = s.programme_id
           JOIN regions r ON r.code = s.region
           JOIN cities c ON c.region = s.region AND c.code = s.city
           WHERE s.id = $1"#,
        session
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(AppError::NotFound)?;
    let closed =
        if row.withdrawn { Some(Standing::Withdrawn) } else { (now >= row.enrol_by).then_some(Standing::Closed) };
    let standing = match person {
        Some(person) if !row.withdrawn => {
            standing(connection, session, row.programme, person, closed, row.starts_at, now).await?
        }
        _ => closed.unwrap_or(Standing::Visitor),
    };
    let place = (row.mode == SessionMode::InPerson.code()).then(|| {
        joined(&[
            pick(locale, row.venue_ar, row.venue_en),
            pick(locale, row.city_ar, row.city_en),
            pick(locale, row.region_ar, row.region_en),
        ])
    });
    Ok(SessionDetails {
        id: session,
        title: pick(locale, row.title_ar, row.title_en),
        summary: pick(locale, row.summary_ar, row.summary_en),
        hours: count(i64::from(row.hours)),
        kind: kind(&row.kind)?,
        place,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        enrol_by: row.enrol_by,
        seats_left: if row.waiting > 0 { 0 } else { count(i64::from(row.left)) },
        waiting: count(row.waiting),
        standing,
    })
}

/// What a person can do about a session; `closed` is what bars anybody from enrolling now.
async fn standing(
    connection: &mut PgConnection,
    session: Uuid,
    programme: Uuid,
    person: Uuid,
    closed: Option<Standing>,
    starts_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<Standing, AppError> {
    let own = sqlx::query!(
        r#"SELECT e.id, e.state, e.offered_until, attendance_due(e.session_id, $3) AS "due!",
                  (SELECT s.ends_at <= $3 FROM training_sessions s WHERE s.id = e.session_id) AS "ended!",
                  (SELECT count(*) FROM enrolments o
                   WHERE o.session_id = e.session_id AND o.state = 'waitlisted' AND o.position < e.position)
                      AS "ahead!"
           FROM enrolments e WHERE e.session_id = $1 AND e.person_id = $2 ORDER BY e.position DESC LIMIT 1"#,
        session,
        person,
        now
    )
    .fetch_optional(&mut *connection)
    .await?;
    let own = match own {
        None => None,
        Some(row) => {
            let state = state(&row.state)?;
            Some(Own {
                enrolment: row.id,
                state,
                ahead: count(row.ahead),
                offered_until: row.offered_until.filter(|until| state == EnrolmentState::Offered && *until > now),
                mark_due: (state == EnrolmentState::Enrolled && row.ended).then_some(row.due),
                can_cancel: state.can_become(EnrolmentState::Cancelled) && now < starts_at,
                can_enrol: false,
            })
        }
    };
    match own {
        Some(own) if own.state.is_live() || own.state.holds_seat() || closed.is_some() => Ok(Standing::Mine(own)),
        own => {
            let free = match closed {
                Some(closed) => closed,
                None => free_standing(connection, session, programme, person).await?,
            };
            Ok(match own {
                Some(own) if free == Standing::Open => Standing::Mine(Own { can_enrol: true, ..own }),
                _ => free,
            })
        }
    }
}

/// What a person without a live enrolment in an open session can do about it.
async fn free_standing(
    connection: &mut PgConnection,
    session: Uuid,
    programme: Uuid,
    person: Uuid,
) -> Result<Standing, AppError> {
    let row = sqlx::query!(
        r#"SELECT p.profile_completed_at IS NOT NULL AS "complete!",
                  p.needs_guardian AND NOT EXISTS (
                      SELECT FROM guardian_consents g WHERE g.minor_id = p.id AND g.withdrawn_at IS NULL)
                      AS "guardian_missing!",
                  EXISTS (SELECT FROM training_sessions s WHERE s.id = $2 AND s.trainer_id = p.id) AS "own!",
                  (SELECT e.session_id FROM enrolments e WHERE e.person_id = p.id AND e.programme_id = $3
                       AND e.state IN ('waitlisted', 'offered', 'enrolled', 'attended')) AS elsewhere
           FROM persons p WHERE p.id = $1"#,
        person,
        session,
        programme
    )
    .fetch_one(connection)
    .await?;
    Ok(match row.elsewhere {
        _ if row.own => Standing::OwnSession,
        Some(elsewhere) => Standing::Elsewhere(elsewhere),
        None if !row.complete => Standing::ProfileIncomplete,
        None if row.guardian_missing => Standing::GuardianMissing,
        None => Standing::Open,
    })
}
