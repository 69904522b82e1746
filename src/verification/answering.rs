//! The answer for a number, as every way of asking gives it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::api::{Answer, Shown, Successor};
use super::store;
use crate::error::AppError;
use crate::i18n::{Locale, pick};
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
    let licence = found.map(|found| {
        // What a correction replaced says whose it is in its successor alone.
        let stands = found.stands();
        Shown {
            kind: found.kind,
            status: found.status,
            issued: found.issued,
            valid: found.valid,
            reason: found.reason,
            name: stands.then_some(found.masked_name),
            body: found.body.filter(|_| stands).map(|(ar, en)| pick(locale, ar, en)),
            successor: found.successor.map(|(number, status)| Successor { number: number.digits().to_owned(), status }),
        }
    });
    Ok(Answer { checked_at: now, name_matches: false, licence })
}
