//! Decisions take effect: the request is settled and its applicant told, in one transaction.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::model::Outcome;
use super::store::{self, Settled};
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::LicenceNumber;
use crate::messages::store::tell;
use crate::messages::templates::Telling;
use crate::server::keys::{Keys, random_digits};

/// Settles a request whose decision has taken effect, and tells its applicant. Does nothing where there is nothing to
/// settle: before the effect, after an undo, or when somebody was faster.
///
/// # Errors
/// When the database is away.
pub async fn settle(
    connection: &mut PgConnection,
    keys: &Keys,
    request: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let Some(settled) = store::settle(connection, request, || random_digits(15), now).await? else { return Ok(()) };
    tell_of(connection, keys, &settled, now).await
}

/// Settles what is due of a person before they act on it.
///
/// # Errors
/// When the database is away.
pub async fn settle_of(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    for request in store::due(connection, Some(person), now).await? {
        settle(connection, keys, request, now).await?;
    }
    Ok(())
}

/// A text in both languages, of which who is told gets theirs.
pub fn in_both(text: impl Fn(Locale) -> String) -> String {
    crate::messages::templates::in_both(text)
}

/// Tells an applicant what took effect.
async fn tell_of(
    connection: &mut PgConnection,
    keys: &Keys,
    settled: &Settled,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let number = settled.number.as_str();
    let licence = settled.licence.as_ref().map(LicenceNumber::grouped).unwrap_or_default();
    let telling = match (settled.outcome, settled.appeal_by) {
        (Outcome::Approved, _) => {
            Telling::LicenceIssued { request: number, number: &licence, on_appeal: settled.appeal }
        }
        (Outcome::Returned, _) => Telling::RequestReturned { number },
        (Outcome::Rejected, Some(by)) => Telling::RequestRejected { number, appeal_until: riyadh_day(by) },
        (Outcome::Rejected, None) => Telling::AppealRefused { number },
    };
    tell(connection, keys, settled.applicant, &telling, now).await
}
