//! The report of a session.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::browse::joined;
use super::state;
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::server::database::internal;
use crate::training::model::{EnrolmentState, ReportLine, SessionMode, SessionReport, TestResult};

/// The report of a trainer's own session, by name.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such session or it is another trainer's.
pub async fn report(
    connection: &mut PgConnection,
    session: Uuid,
    trainer: Uuid,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<SessionReport, AppError> {
    let head = sqlx::query!(
        "SELECT p.title_ar, p.title_en, s.mode, s.venue_ar, s.venue_en, c.name_ar AS city_ar, c.name_en AS city_en,
                s.starts_at, s.ends_at
         FROM training_sessions s
         JOIN programmes p ON p.id = s.programme_id
         JOIN cities c ON c.region = s.region AND c.code = s.city
         WHERE s.id = $1 AND s.trainer_id = $2 AND s.cancelled_at IS NULL",
        session,
        trainer
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(AppError::NotFound)?;
    let people = sqlx::query!(
        r#"SELECT e.state, concat_ws(' ', p.given_name, p.father_name, p.grandfather_name, p.family_name) AS "name_ar!",
                  coalesce(p.latin_name, '') AS "name_en!", p.identity_verified_at IS NOT NULL AS "identity_seen!",
                  coalesce((SELECT a.paper_result_id IS NOT NULL FROM attempts a
                      WHERE a.enrolment_id = e.id AND a.state = e.state ORDER BY a.ordinal DESC LIMIT 1), false) AS "on_paper!"
           FROM enrolments e JOIN persons p ON p.id = e.person_id
           WHERE e.session_id = $1 AND e.state IN ('enrolled', 'attended', 'absent', 'passed', 'failed')
           ORDER BY p.name_key, e.position"#,
        session
    )
    .fetch_all(connection)
    .await?;
    let mut lines = Vec::with_capacity(people.len());
    for row in people {
        let state = state(&row.state)?;
        lines.push(ReportLine {
            name: pick(locale, row.name_ar, row.name_en),
            present: match state {
                EnrolmentState::Enrolled => None,
                EnrolmentState::Absent => Some(false),
                _ => Some(true),
            },
            identity_seen: row.identity_seen,
            result: TestResult::of(state),
            on_paper: row.on_paper,
        });
    }
    Ok(SessionReport {
        id: session,
        title: pick(locale, head.title_ar, head.title_en),
        mode: SessionMode::from_code(&head.mode).ok_or_else(|| internal(&"unknown session mode"))?,
        place: (head.mode == SessionMode::InPerson.code())
            .then(|| joined(&[pick(locale, head.venue_ar, head.venue_en), pick(locale, head.city_ar, head.city_en)])),
        starts_at: head.starts_at,
        ends_at: head.ends_at,
        read_at: now,
        lines,
    })
}
