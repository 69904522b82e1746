//! Who came to a trainer's own session.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{audit, identity, state};
use crate::calendar::riyadh_day;
use crate::error::{AppError, Problem};
use crate::i18n::{Locale, pick};
use crate::server::database::{self, OnConstraint};
use crate::server::keys::Keys;
use crate::training::model::{EnrolmentState, Mark, Roster, RosterRow, SessionMode};

/// The roster of a trainer's own session, by name.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such session or it is another trainer's.
pub async fn roster(
    connection: &mut PgConnection,
    keys: &Keys,
    session: Uuid,
    trainer: Uuid,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Roster, AppError> {
    let head = sqlx::query!(
        r#"SELECT p.title_ar, p.title_en, s.mode, s.starts_at, marks_until(s.id, $3) AS "marks_until!"
         FROM training_sessions s JOIN programmes p ON p.id = s.programme_id
         WHERE s.id = $1 AND s.trainer_id = $2 AND s.cancelled_at IS NULL"#,
        session,
        trainer,
        now
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(AppError::NotFound)?;
    let people = sqlx::query!(
        r#"SELECT e.id, e.state, p.id AS person,
                  concat_ws(' ', p.given_name, p.father_name, p.grandfather_name, p.family_name) AS "name_ar!",
                  coalesce(p.latin_name, '') AS "name_en!", p.birth_date_sealed,
                  p.identity_verified_at IS NOT NULL AS "identity_seen!", tied_by_team($2, p.id) AS "tied!",
                  EXISTS (SELECT FROM attempts a WHERE a.enrolment_id = e.id)
                      OR EXISTS (SELECT FROM paper_results r WHERE r.enrolment_id = e.id AND r.state = 'waiting') AS "tested!"
           FROM enrolments e JOIN persons p ON p.id = e.person_id
           WHERE e.session_id = $1 AND e.state IN ('enrolled', 'attended', 'absent', 'passed', 'failed')
           ORDER BY p.name_key, e.position"#,
        session,
        trainer
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut rows = Vec::with_capacity(people.len());
    for row in people {
        let state = state(&row.state)?;
        rows.push(RosterRow {
            enrolment: row.id,
            person: row.person,
            name: pick(locale, row.name_ar, row.name_en),
            born: identity::birth_years(keys, row.birth_date_sealed.as_deref()),
            state,
            identity_seen: row.identity_seen,
            tied: row.tied,
            mendable: !row.tested && state != EnrolmentState::Passed && state != EnrolmentState::Failed,
        });
    }
    Ok(Roster {
        id: session,
        title: pick(locale, head.title_ar, head.title_en),
        mode: SessionMode::from_code(&head.mode).ok_or_else(|| database::internal(&"unknown session mode"))?,
        starts_at: head.starts_at,
        open: riyadh_day(now) >= riyadh_day(head.starts_at),
        over: now >= head.marks_until,
        rows,
        visitors: Vec::new(),
    })
}

/// Notes that a person came or did not, from the day of the session on, until they begin the test or the days of the
/// setting `unmarked_days` are over; for three days more where a phone made the mark in time. Noting the same again changes
/// nothing.
///
/// # Errors
/// [`AppError::NotFound`] when the session is another trainer's; refused before its day and after the days to mark, across
/// a tie of team, and once the test was begun.
pub async fn mark(
    connection: &mut PgConnection,
    enrolment: Uuid,
    trainer: Uuid,
    mark: Mark,
    now: OffsetDateTime,
) -> Result<EnrolmentState, AppError> {
    // Locked before the attempts are looked for: a test that begins meanwhile is seen by the statement after this one.
    let row = sqlx::query!(
        "SELECT e.state, s.starts_at FROM enrolments e JOIN training_sessions s ON s.id = e.session_id
         WHERE e.id = $1 AND s.trainer_id = $2 AND s.cancelled_at IS NULL FOR UPDATE OF e",
        enrolment,
        trainer
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(AppError::NotFound)?;
    if riyadh_day(now) < riyadh_day(row.starts_at) {
        return Problem::NotYetStarted.refused();
    }
    if state(&row.state)? == mark.state() {
        return Ok(mark.state());
    }
    let marked = sqlx::query!(
        "UPDATE enrolments SET state = $2, attendance_by = $3, attendance_at = $4
         WHERE id = $1 AND state IN ('enrolled', 'attended', 'absent')
           AND NOT EXISTS (SELECT FROM attempts WHERE enrolment_id = $1)
           AND EXISTS (SELECT FROM training_sessions s WHERE s.id = session_id
               AND (s.starts_at AT TIME ZONE 'Asia/Riyadh')::date <= $5)",
        enrolment,
        mark.state().code(),
        trainer,
        now,
        riyadh_day(now)
    )
    .execute(&mut *connection)
    .await
    .on_constraint(&[
        ("enrolments_marked_in_time", Problem::MarkingOver),
        ("enrolments_attendance_by_other", Problem::TiedToPerson),
        ("enrolments_attendance_tested", Problem::NoLongerPossible),
        // Marked absent, they enrolled elsewhere since.
        ("enrolments_one_live_per_programme", Problem::NoLongerPossible),
        // Their record was closed, or merged into another.
        ("person_is_open", Problem::NoLongerPossible),
    ])?;
    if marked.rows_affected() == 0 {
        return Problem::NoLongerPossible.refused();
    }
    audit(connection, Some(trainer), mark.state().code(), enrolment, now).await?;
    Ok(mark.state())
}
