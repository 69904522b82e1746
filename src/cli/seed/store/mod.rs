//! The statements of the seed that no feature has: whole stories are laid down at once, at times in the past.

pub mod banks;
pub mod bodies;
pub mod enrolments;
pub mod licences;
pub mod people;
pub mod training;

use sqlx::PgConnection;

use crate::error::AppError;

/// Whether the set is there, told by its first programme.
pub async fn is_loaded(connection: &mut PgConnection, programme: &str) -> Result<bool, AppError> {
    let there = sqlx::query_scalar!("SELECT EXISTS (SELECT FROM programmes WHERE code = $1) AS \"exists!\"", programme)
        .fetch_one(connection)
        .await?;
    Ok(there)
}
