//! What status lists are read from.

use sqlx::PgConnection;

use crate::error::AppError;
use crate::server::database::internal;
use crate::signing::model::Purpose;

/// The places of a list whose bit is set.
///
/// # Errors
/// [`AppError::NotFound`] for a list in which no place was ever taken.
pub async fn places(connection: &mut PgConnection, purpose: Purpose, list: u32) -> Result<Vec<u32>, AppError> {
    let list = i32::try_from(list).map_err(|_| AppError::NotFound)?;
    let found = sqlx::query!(
        r#"SELECT $1 BETWEEN 1 AND coalesce((SELECT max(list) FROM status_places), 0) AS "exists!",
             ARRAY(SELECT status_bits($1, $2)) AS "places!""#,
        list,
        purpose.code()
    )
    .fetch_one(connection)
    .await?;
    if !found.exists {
        return Err(AppError::NotFound);
    }
    let places = found.places.into_iter().map(u32::try_from).collect::<Result<_, _>>();
    places.map_err(|error| internal(&error))
}

/// The number of the newest list; 0 where there is none. All from 1 on are there.
///
/// # Errors
/// When the database is away.
pub async fn newest_list(connection: &mut PgConnection) -> Result<u32, AppError> {
    let newest = sqlx::query_scalar!(r#"SELECT coalesce(max(list), 0) AS "list!" FROM status_places"#);
    u32::try_from(newest.fetch_one(connection).await?).map_err(|error| internal(&error))
}
