//! Whose the licences of a list are, as strangers see it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::model::{Asked, Row};
use crate::error::AppError;
use crate::verification::store::look_up_all;

/// Names the holders of rows that have a licence. Whoever was erased since has no name; whose a licence is that a
/// correction replaced, its successor alone says.
///
/// # Errors
/// When the database is away.
pub async fn name(connection: &mut PgConnection, rows: &mut [Row], now: OffsetDateTime) -> Result<(), AppError> {
    let mut named = Vec::new();
    for row in rows {
        if let (Asked::Number(number), Some(_)) = (&row.asked, row.licence) {
            named.push((number.clone(), &mut row.holder));
        }
    }
    let numbers: Vec<&str> = named.iter().map(|(number, _)| number.as_str()).collect();
    let found = look_up_all(connection, &numbers, now).await?;
    for (number, holder) in named {
        let stands = found.get(&number).filter(|licence| licence.stands());
        *holder = stands.map(|licence| licence.masked_name.clone());
    }
    Ok(())
}
