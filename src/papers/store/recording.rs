//! Recording the results of a paper. The rules are the database's; what it refuses is turned into words here.

use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::access::Role;
use crate::administration::store::audit::note;
use crate::error::{AppError, Fields, Problem};
use crate::papers::model::{Sheets, right_field};
use crate::server::database::OnConstraint;

/// What the database refuses of a sheet.
const REFUSALS: [(&str, Problem); 8] = [
    ("paper_results_one_waiting", Problem::PaperWaiting),
    ("paper_results_untied", Problem::TiedToPerson),
    ("paper_results_no_open_attempt", Problem::TestUnderWay),
    ("paper_results_attempts_left", Problem::NoAttemptsLeft),
    ("paper_results_attended", Problem::NoLongerPossible),
    ("paper_results_by_trainer", Problem::NoLongerPossible),
    ("paper_results_of_own_session", Problem::NoLongerPossible),
    // Closed or merged at this very moment.
    ("person_is_open", Problem::NoLongerPossible),
];

/// Records the results of people who attended a trainer's own in-person session: all of them, or none.
///
/// # Errors
/// [`AppError::NotFound`] when the session is not such a one, or one of the enrolments is not in it; otherwise what is in
/// the way of each, by its field.
pub async fn record(
    connection: &mut PgConnection,
    session: Uuid,
    trainer: Uuid,
    sheets: &Sheets,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let enrolments: Vec<Uuid> = sheets.right.iter().map(|(enrolment, _)| *enrolment).collect();
    // All locked first, and in one order: two who record the same people take turns.
    let own = sqlx::query_scalar!(
        "SELECT e.id FROM enrolments e JOIN training_sessions s ON s.id = e.session_id
         WHERE e.id = ANY ($1) AND s.id = $2 AND s.trainer_id = $3 AND s.mode = 'in_person' AND s.cancelled_at IS NULL
         ORDER BY e.id FOR UPDATE OF e",
        &enrolments,
        session,
        trainer
    )
    .fetch_all(&mut *connection)
    .await?;
    if own.len() != enrolments.len() {
        return Err(AppError::NotFound);
    }
    let mut fields = Fields::default();
    for (enrolment, right) in &sheets.right {
        // Each in a savepoint, so that what is wrong with any is told at once.
        let mut one = connection.begin().await?;
        match write(&mut one, *enrolment, trainer, (*right, sheets.asked), now).await {
            Ok(()) => one.commit().await?,
            Err(AppError::Refused(problem)) => {
                one.rollback().await?;
                fields.refuse(&right_field(*enrolment), problem);
            }
            Err(error) => return Err(error),
        }
    }
    fields.finish()
}

/// Writes one sheet.
async fn write(
    connection: &mut PgConnection,
    enrolment: Uuid,
    trainer: Uuid,
    (right, asked): (i16, i16),
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let sheet = sqlx::query_scalar!(
        "INSERT INTO paper_results (enrolment_id, asked, right_answers, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5) RETURNING id",
        enrolment,
        asked,
        right,
        trainer,
        now
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&REFUSALS)?;
    let detail = sheet.to_string();
    note(connection, trainer, Role::Trainer, "paper_recorded", Some(enrolment), Some(&detail), now).await
}
