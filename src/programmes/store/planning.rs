//! Planning sessions.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::audit;
use crate::error::{AppError, Problem};
use crate::programmes::model::Plan;
use crate::server::database::OnConstraint;

/// What the database refuses of a session, by the constraint.
pub(super) const MEANINGS: [(&str, Problem); 6] = [
    ("training_sessions_trainer_free", Problem::TrainerBusy),
    ("training_sessions_trainer_role", Problem::TrainerUnknown),
    ("training_sessions_trainer_not_enrolled", Problem::TrainerEnrolled),
    ("training_sessions_programme_in_use", Problem::ProgrammeRetired),
    ("training_sessions_region_city_fkey", Problem::PlaceUnknown),
    ("training_sessions_never_oversold", Problem::SeatsBelowTaken),
];

/// The refusal of a session as the problem of the field it is about.
pub(super) fn by_field(error: AppError) -> AppError {
    let AppError::Refused(problem) = error else { return error };
    match problem {
        Problem::TrainerBusy | Problem::TrainerUnknown | Problem::TrainerEnrolled => problem.on("trainer"),
        Problem::ProgrammeRetired => problem.on("programme"),
        Problem::PlaceUnknown => problem.on("place"),
        Problem::SeatsBelowTaken => problem.on("seats"),
        _ => error,
    }
}

/// Waits until nobody else plans: two who plan for the same trainers take turns rather than lock each other out.
pub(super) async fn take_turn(connection: &mut PgConnection) -> Result<(), AppError> {
    sqlx::query!(r#"SELECT true AS "turn!" FROM pg_advisory_xact_lock(hashtext('planning of sessions'))"#)
        .fetch_one(connection)
        .await?;
    Ok(())
}

/// Plans one session; `key` is its row's in an imported file.
///
/// # Errors
/// By field: the programme is retired, the place unknown, the trainer none or busy then.
pub(super) async fn insert(
    connection: &mut PgConnection,
    plan: &Plan,
    key: Option<&str>,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = sqlx::query_scalar!(
        "INSERT INTO training_sessions (programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at,
             enrol_by, trainer_id, seats, planned_by, import_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
        plan.programme,
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
        by,
        key
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint(&MEANINGS)
    .map_err(by_field)?;
    audit(connection, by, "session_planned", id, now).await?;
    Ok(id)
}

/// Plans a series, of one session or more: all of it or, in the caller's transaction, nothing. Returns the first.
///
/// # Errors
/// As [`insert`].
pub async fn plan(
    connection: &mut PgConnection,
    series: &[Plan],
    by: Uuid,
    now: OffsetDateTime,
) -> Result<Uuid, AppError> {
    take_turn(connection).await?;
    let mut first = None;
    for one in series {
        let id = insert(connection, one, None, by, now).await?;
        first.get_or_insert(id);
    }
    first.ok_or(AppError::Malformed)
}
