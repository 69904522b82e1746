//! Regions and their cities.

use sqlx::PgConnection;

use crate::error::AppError;

/// A city with its region, in both languages.
pub struct City {
    pub region: String,
    pub region_ar: String,
    pub region_en: String,
    pub code: String,
    pub name_ar: String,
    pub name_en: String,
}

/// Every city, by region, the seat of each first.
///
/// # Errors
/// When the database is away.
pub async fn cities(connection: &mut PgConnection) -> Result<Vec<City>, AppError> {
    Ok(sqlx::query_as!(
        City,
        "SELECT r.code AS region, r.name_ar AS region_ar, r.name_en AS region_en, c.code, c.name_ar, c.name_en
         FROM regions r JOIN cities c ON c.region = r.code ORDER BY r.position, c.position"
    )
    .fetch_all(connection)
    .await?)
}
