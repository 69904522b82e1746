//! What becomes of a sheet. A confirmation is its effect: the database makes the attempt by the same statement.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::access::Role;
use crate::administration::store::audit::note;
use crate::assessment::store::closing::{self, Due};
use crate::assessment::store::subject::Subject;
use crate::error::{AppError, Problem};
use crate::messages::store::tell;
use crate::messages::templates::Telling;
use crate::papers::model::SheetState;
use crate::server::config::Config;
use crate::server::database::OnConstraint;

/// What the database refuses of a decision.
const REFUSALS: [(&str, Problem); 8] = [
    ("paper_results_second_officer", Problem::SecondOfficerNeeded),
    ("paper_results_untied", Problem::TiedToPerson),
    ("paper_results_by_administrator", Problem::NoLongerPossible),
    ("paper_results_fixed", Problem::NoLongerPossible),
    // A test of another programme that they are taking online at this moment.
    ("attempts_one_open", Problem::TestUnderWay),
    ("attempts_attended", Problem::NoLongerPossible),
    // Closed or merged meanwhile.
    ("person_is_open", Problem::NoLongerPossible),
    ("paper_results_withdrawn_by_own", Problem::NoLongerPossible),
];

/// A sheet that was decided, and whom it is about.
struct Decided {
    enrolment: Uuid,
    person: Uuid,
    closed: bool,
    title_ar: String,
    title_en: String,
}

/// Confirms a sheet that another officer recorded: it is an attempt from then on, the enrolment follows from it, and the
/// person is told.
///
/// # Errors
/// [`AppError::NotFound`]; [`Problem::NoLongerPossible`] when it waits no more or its account is closed;
/// [`Problem::SecondOfficerNeeded`] for who recorded it; [`Problem::TiedToPerson`]; [`Problem::TestUnderWay`].
pub async fn confirm(
    connection: &mut PgConnection,
    config: &Config,
    officer: Uuid,
    sheet: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let decided = decide(connection, officer, sheet, SheetState::Confirmed, now).await?;
    let attempt = sqlx::query_scalar!("SELECT id FROM attempts WHERE paper_result_id = $1", sheet)
        .fetch_one(&mut *connection)
        .await?;
    closing::close(connection, Due { id: attempt, subject: Subject::Enrolment(decided.enrolment) }, now).await?;
    let passed = sqlx::query_scalar!(r#"SELECT state = 'passed' AS "passed!" FROM attempts WHERE id = $1"#, attempt)
        .fetch_one(&mut *connection)
        .await?;
    let link = link(config, &decided);
    let title = (decided.title_ar.as_str(), decided.title_en.as_str());
    let telling = Telling::PaperConfirmed { title, passed, link: &link };
    tell(connection, &config.keys, decided.person, &telling, now).await?;
    audit(connection, officer, Role::Administrator, "paper_confirmed", (decided.enrolment, sheet), now).await
}

/// Declines a sheet that another officer recorded, and tells the person: nothing comes of it.
///
/// # Errors
/// As [`confirm`].
pub async fn decline(
    connection: &mut PgConnection,
    config: &Config,
    officer: Uuid,
    sheet: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let decided = decide(connection, officer, sheet, SheetState::Declined, now).await?;
    if !decided.closed {
        let link = link(config, &decided);
        let telling = Telling::PaperDeclined { title: (&decided.title_ar, &decided.title_en), link: &link };
        tell(connection, &config.keys, decided.person, &telling, now).await?;
    }
    audit(connection, officer, Role::Administrator, "paper_declined", (decided.enrolment, sheet), now).await
}

/// Takes one's own sheet back.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown one and another trainer's alike; [`Problem::NoLongerPossible`] when it waits no
/// more.
pub async fn withdraw(
    connection: &mut PgConnection,
    trainer: Uuid,
    sheet: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query_scalar!("SELECT id FROM paper_results WHERE id = $1 AND recorded_by = $2", sheet, trainer)
        .fetch_one(&mut *connection)
        .await?;
    let decided = decide(connection, trainer, sheet, SheetState::Withdrawn, now).await?;
    audit(connection, trainer, Role::Trainer, "paper_withdrawn", (decided.enrolment, sheet), now).await
}

/// Decides a sheet, once.
async fn decide(
    connection: &mut PgConnection,
    officer: Uuid,
    sheet: Uuid,
    state: SheetState,
    now: OffsetDateTime,
) -> Result<Decided, AppError> {
    // Waits for a closing under way, so that nobody who is gone is told anything.
    let decided = sqlx::query_as!(
        Decided,
        r#"SELECT e.id AS enrolment, e.person_id AS person, p.closed_at IS NOT NULL AS "closed!", g.title_ar, g.title_en
         FROM paper_results r JOIN enrolments e ON e.id = r.enrolment_id JOIN persons p ON p.id = e.person_id
         JOIN programmes g ON g.id = e.programme_id WHERE r.id = $1 FOR KEY SHARE OF p"#,
        sheet
    )
    .fetch_one(&mut *connection)
    .await?;
    // Before the sheet: every writer locks what a test belongs to first.
    Subject::Enrolment(decided.enrolment).lock(connection).await?;
    let done = sqlx::query!(
        "UPDATE paper_results SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 'waiting'",
        sheet,
        state.code(),
        officer,
        now
    )
    .execute(connection)
    .await
    .on_constraint(&REFUSALS)?;
    if done.rows_affected() == 0 {
        return Problem::NoLongerPossible.refused();
    }
    Ok(decided)
}

/// The page of the test that a sheet is about.
fn link(config: &Config, decided: &Decided) -> String {
    format!("{}{}", config.origin, crate::assessment::model::test_path(&decided.enrolment.to_string()))
}

async fn audit(
    connection: &mut PgConnection,
    actor: Uuid,
    role: Role,
    action: &str,
    (enrolment, sheet): (Uuid, Uuid),
    now: OffsetDateTime,
) -> Result<(), AppError> {
    note(connection, actor, role, action, Some(enrolment), Some(&sheet.to_string()), now).await
}
