//! Closing an account.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::administration::model::Blocker;
use crate::error::{AppError, Problem};
use crate::second_factor;
use crate::server::database::OnConstraint;
use crate::server::keys::{Keys, Purpose};

/// What somebody must end before their account can be closed.
///
/// # Errors
/// When the database is away.
pub async fn blockers(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<Blocker>, AppError> {
    let codes = sqlx::query_scalar!(r#"SELECT b AS "b!" FROM closing_blockers($1, $2) b"#, person, now)
        .fetch_all(connection)
        .await?;
    Ok(codes.iter().filter_map(|code| Blocker::from_code(code)).collect())
}

/// Closes the account of the person whom the transaction names, and erases what is personal on every record of theirs.
///
/// # Errors
/// The problem of what is still open; [`Problem::NoLongerPossible`] when it is closed already.
pub async fn close(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let mobiles =
        sqlx::query_scalar!("SELECT mobile_sealed FROM accounts WHERE person_id IN (SELECT records_of($1))", person)
            .fetch_all(&mut *connection)
            .await?;
    let recipients: Vec<Vec<u8>> = mobiles
        .iter()
        .filter_map(|sealed| keys.open(Purpose::Mobile, sealed).ok())
        .map(|mobile| keys.hash("recipient", &mobile))
        .collect();
    sqlx::query!("SELECT FROM close_account($1, $2, $3)", person, now, &recipients)
        .execute(&mut *connection)
        .await
        .on_constraint(&[
            ("closing_once", Problem::NoLongerPossible),
            ("closing_staff_role", Blocker::StaffRole.problem()),
            ("closing_open_request", Blocker::OpenRequest.problem()),
            ("closing_seat", Blocker::Seat.problem()),
            ("closing_open_test", Blocker::OpenTest.problem()),
            ("closing_team", Blocker::Team.problem()),
            ("closing_organisation", Blocker::Organisation.problem()),
        ])?;
    for record in sqlx::query_scalar!(r#"SELECT r AS "record!" FROM records_of($1) r"#, person)
        .fetch_all(&mut *connection)
        .await?
    {
        second_factor::store::forget(&mut *connection, record).await?;
    }
    sqlx::query!(
        "INSERT INTO audit_entries (at, actor_id, action, subject_id) VALUES ($1, $2, 'account_closed', $2)",
        now,
        person
    )
    .execute(connection)
    .await?;
    Ok(())
}
