//! Decisions take effect: the request is settled and its applicant told, in one transaction.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::model::Outcome;
use super::store::{self, Settled};
use crate::calendar::riyadh_day;
use crate::error::AppError;
use crate::i18n::{Locale, td_string};
use crate::messages::store::notify;
use crate::server::keys::{Keys, random_digits};
use crate::ui::date::dual_date;

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
    let (template, body) = told(&settled);
    notify(connection, keys, settled.applicant, template, &body, now).await
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

/// A message in both languages: none is kept with a person.
pub fn in_both(text: impl Fn(Locale) -> String) -> String {
    format!("{}\n{}", text(Locale::ar), text(Locale::en))
}

/// The message about what took effect, by its template.
fn told(settled: &Settled) -> (&'static str, String) {
    let number = settled.number.clone();
    match (settled.outcome, &settled.licence) {
        (Outcome::Approved, licence) => {
            let licence = licence.as_ref().map(crate::licences::model::LicenceNumber::grouped).unwrap_or_default();
            let body = in_both(|locale| {
                td_string!(locale, licences.sms_issued, request = number.clone(), number = licence.clone()).to_string()
            });
            (if settled.appeal { "appeal_granted" } else { "licence_issued" }, body)
        }
        (Outcome::Returned, _) => {
            let body = in_both(|locale| td_string!(locale, licences.sms_returned, number = number.clone()).to_string());
            ("request_returned", body)
        }
        (Outcome::Rejected, _) => {
            if let Some(by) = settled.appeal_by {
                let body = in_both(|locale| {
                    let date = dual_date(locale, riyadh_day(by));
                    td_string!(locale, licences.sms_rejected, number = number.clone(), date = date).to_string()
                });
                ("request_rejected", body)
            } else {
                let body = in_both(|locale| {
                    td_string!(locale, licences.sms_appeal_refused, number = number.clone()).to_string()
                });
                ("appeal_refused", body)
            }
        }
    }
}
