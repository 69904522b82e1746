//! What there is to choose from: for sessions, programmes, places and trainers; for questions, topics and renewal modules.

use sqlx::PgConnection;

use crate::accounts::store::places;
use crate::error::AppError;
use crate::i18n::{Locale, pick};
use crate::licences::model::LicenceKind;
use crate::programmes::model::{Choice, SessionChoices};
use crate::programmes::words::kind_name;

/// Everything to choose from.
///
/// # Errors
/// When the database is away.
pub async fn choices(connection: &mut PgConnection, locale: Locale) -> Result<SessionChoices, AppError> {
    let places = places::cities(connection)
        .await?
        .into_iter()
        .map(|city| {
            let (name, region) =
                (pick(locale, city.name_ar, city.name_en), pick(locale, city.region_ar, city.region_en));
            (format!("{}/{}", city.region, city.code), format!("{region} · {name}"))
        })
        .collect();
    Ok(SessionChoices {
        programmes: programmes(connection, locale, false).await?,
        places,
        trainers: trainers(connection, locale).await?,
    })
}

/// Programmes by title; `retired` ones too, if asked.
///
/// # Errors
/// When the database is away.
pub async fn programmes(connection: &mut PgConnection, locale: Locale, retired: bool) -> Result<Vec<Choice>, AppError> {
    let rows = sqlx::query!(
        "SELECT id, title_ar, title_en FROM programmes WHERE $1 OR retired_at IS NULL ORDER BY title_ar, id",
        retired
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.to_string(), pick(locale, row.title_ar, row.title_en))).collect())
}

/// Who holds the role of a trainer, by name.
///
/// # Errors
/// When the database is away.
pub async fn trainers(connection: &mut PgConnection, locale: Locale) -> Result<Vec<Choice>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT p.id, concat_ws(' ', p.given_name, p.father_name, p.family_name) AS "ar!",
                  coalesce(p.latin_name, '') AS "en!"
           FROM staff_roles r JOIN persons p ON p.id = r.person_id
           WHERE r.role = 'trainer' AND r.revoked_at IS NULL ORDER BY p.name_key, p.id"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.to_string(), pick(locale, row.ar, row.en))).collect())
}

/// Regions, in their order.
///
/// # Errors
/// When the database is away.
pub async fn regions(connection: &mut PgConnection, locale: Locale) -> Result<Vec<Choice>, AppError> {
    let rows =
        sqlx::query!("SELECT code, name_ar, name_en FROM regions ORDER BY position").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.code, pick(locale, row.name_ar, row.name_en))).collect())
}

/// Topics of the question banks.
///
/// # Errors
/// When the database is away.
pub async fn topics(connection: &mut PgConnection, locale: Locale) -> Result<Vec<Choice>, AppError> {
    let rows = sqlx::query!("SELECT code, name_ar, name_en FROM topics ORDER BY code").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.code, pick(locale, row.name_ar, row.name_en))).collect())
}

/// Renewal modules, each after its licence; `retired` ones too, if asked.
///
/// # Errors
/// When the database is away.
pub async fn modules(connection: &mut PgConnection, locale: Locale, retired: bool) -> Result<Vec<Choice>, AppError> {
    let rows = sqlx::query!(
        "SELECT id, kind, title_ar, title_en FROM renewal_modules WHERE $1 OR retired_at IS NULL
         ORDER BY kind, created_at DESC, id",
        retired
    )
    .fetch_all(connection)
    .await?;
    let text = |code: &str, title: String| match LicenceKind::from_code(code) {
        Some(kind) => format!("{} · {title}", kind_name(locale, kind)),
        None => title,
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.id.to_string(), text(&row.kind, pick(locale, row.title_ar, row.title_en))))
        .collect())
}
