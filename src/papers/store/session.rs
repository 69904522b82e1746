//! Who attended a session and what was recorded for them.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::papers::model::{ResultRow, RowStanding, Score, SessionResults, SheetState, SheetView};
use crate::server::database::internal;

/// The paper results of a trainer's own in-person session, by name.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such session, it is held online, or it is another trainer's.
pub async fn results(
    connection: &mut PgConnection,
    session: Uuid,
    trainer: Uuid,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<SessionResults, AppError> {
    let head = sqlx::query!(
        "SELECT g.title_ar, g.title_en, s.starts_at,
             (SELECT r.asked FROM paper_results r JOIN enrolments e ON e.id = r.enrolment_id
              WHERE e.session_id = s.id ORDER BY r.recorded_at DESC, r.id LIMIT 1) AS asked
         FROM training_sessions s JOIN programmes g ON g.id = s.programme_id
         WHERE s.id = $1 AND s.trainer_id = $2 AND s.mode = 'in_person' AND s.cancelled_at IS NULL",
        session,
        trainer
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(AppError::NotFound)?;
    let people = sqlx::query_as!(
        Row,
        r#"SELECT e.id, e.state, concat_ws(' ', p.given_name, p.father_name, p.grandfather_name, p.family_name) AS "name_ar!",
                  coalesce(p.latin_name, '') AS "name_en!", tied_by_team($2, p.id) AS "tied!",
                  EXISTS (SELECT FROM attempts a WHERE a.enrolment_id = e.id AND a.state = 'open') AS "test_open!",
                  (SELECT count(*) FROM attempts a WHERE a.enrolment_id = e.id) < setting('test_attempts', g.kind, $3)
                      AS "attempts_left!",
                  r.id AS "sheet?", r.state AS "sheet_state?", r.right_answers AS "right?", r.asked AS "asked?",
                  r.pass_mark_percent AS "pass_mark_percent?", r.recorded_by = $2 AS "own?"
           FROM enrolments e JOIN persons p ON p.id = e.person_id JOIN programmes g ON g.id = e.programme_id
           LEFT JOIN LATERAL (
               SELECT * FROM paper_results WHERE enrolment_id = e.id
               ORDER BY state = 'waiting' DESC, recorded_at DESC, id LIMIT 1) r ON true
           WHERE e.session_id = $1 AND p.closed_at IS NULL
             AND (e.state = 'attended' OR (e.state IN ('passed', 'failed') AND r.state = 'confirmed'))
           ORDER BY p.name_key, e.position"#,
        session,
        trainer,
        now
    )
    .fetch_all(connection)
    .await?;
    Ok(SessionResults {
        session,
        title: pick(locale, head.title_ar, head.title_en),
        starts_at: head.starts_at,
        asked: head.asked,
        rows: people.into_iter().map(|row| row.shown(locale)).collect::<Result<_, _>>()?,
    })
}

struct Row {
    id: Uuid,
    state: String,
    name_ar: String,
    name_en: String,
    tied: bool,
    test_open: bool,
    attempts_left: bool,
    sheet: Option<Uuid>,
    sheet_state: Option<String>,
    right: Option<i16>,
    asked: Option<i16>,
    pass_mark_percent: Option<i16>,
    own: Option<bool>,
}

impl Row {
    fn shown(self, locale: Locale) -> Result<ResultRow, AppError> {
        let sheet = match (self.sheet, self.sheet_state, self.right, self.asked, self.pass_mark_percent, self.own) {
            (Some(id), Some(state), Some(right), Some(asked), Some(pass_mark_percent), Some(own)) => {
                let state = SheetState::from_code(&state).ok_or_else(|| internal(&"unknown state of a sheet"))?;
                Some(SheetView { id, state, score: Score { right, asked, pass_mark_percent }, own })
            }
            _ => None,
        };
        let standing = if self.state != "attended" {
            RowStanding::Over
        } else if sheet.is_some_and(|sheet| sheet.state == SheetState::Waiting) {
            RowStanding::Waiting
        } else if self.tied {
            RowStanding::Tied
        } else if self.test_open {
            RowStanding::TestOpen
        } else if !self.attempts_left {
            RowStanding::Over
        } else {
            RowStanding::Open
        };
        Ok(ResultRow { enrolment: self.id, name: pick(locale, self.name_ar, self.name_en), standing, sheet })
    }
}
