//! The language somebody is written to in.

use sqlx::PgConnection;
use uuid::Uuid;

use super::locale_code;
use crate::error::AppError;
use crate::i18n::Locale;

/// Keeps the language of the pages a person uses as theirs.
///
/// # Errors
/// When the database is away.
pub async fn keep_language(connection: &mut PgConnection, person: Uuid, locale: Locale) -> Result<(), AppError> {
    sqlx::query!("UPDATE persons SET language = $2 WHERE id = $1 AND language <> $2", person, locale_code(locale))
        .execute(connection)
        .await?;
    Ok(())
}
