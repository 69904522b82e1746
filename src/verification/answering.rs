//! The answer for a number, as every way of asking gives it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::api::{Answer, Shown};
use super::store;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::LicenceNumber;

/// What the licence of a number is at an instant, in a language.
///
/// # Errors
/// When the database is away.
pub async fn answer(
    connection: &mut PgConnection,
    number: &LicenceNumber,
    locale: Locale,
    now: OffsetDateTime,
) -> Result<Answer, AppError> {
    let found = store::look_up(connection, number, now).await?;
    Ok(Answer {
        checked_at: now,
        name_matches: false,
        licence: found.map(|found| Shown {
            kind: found.kind,
            status: found.status,
            issued: found.issued,
            valid: found.valid,
            name: found.masked_name,
            body: found.body.map(|(ar, en)| match locale {
                Locale::ar => ar,
                Locale::en => en,
            }),
        }),
    })
}
