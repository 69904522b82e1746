//! What is done to a licence, and the message that tells its holder, in one transaction.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::model::{Act, Reason};
use super::store::{self, Reissued, Taken};
use super::words::reason_text;
use crate::accounts::store::mending::Mended;
use crate::error::AppError;
use crate::i18n::td_string;
use crate::licences::model::LicenceNumber;
use crate::messages::store::notify;
use crate::review::effect::in_both;
use crate::server::keys::{Keys, random_digits};

/// Suspends a licence and tells its holder.
///
/// # Errors
/// As [`store::suspend`].
pub async fn suspend(
    connection: &mut PgConnection,
    keys: &Keys,
    officer: Uuid,
    number: &LicenceNumber,
    (reason, text): (Reason, &str),
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let suspended = store::suspend(connection, officer, number, reason, text, now).await?;
    let body = in_both(|locale| {
        let (number, reason) = (number.grouped(), reason_text(locale, reason));
        td_string!(locale, oversight.sms_suspended, number = number, reason = reason).to_string()
    });
    notify(connection, keys, suspended.holder, "licence_suspended", &body, now).await
}

/// Approves a proposal and tells the holder of each licence that it changed.
///
/// # Errors
/// As [`store::approve`].
pub async fn approve(
    connection: &mut PgConnection,
    keys: &Keys,
    officer: Uuid,
    proposal: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<Taken>, AppError> {
    let taken = store::approve(connection, officer, proposal, now).await?;
    for one in &taken {
        let template = if one.act == Act::Restore { "licence_restored" } else { "licence_revoked" };
        let body = in_both(|locale| {
            let (number, reason) = (one.number.grouped(), reason_text(locale, one.reason));
            if one.act == Act::Restore {
                td_string!(locale, oversight.sms_restored, number = number, reason = reason).to_string()
            } else {
                td_string!(locale, oversight.sms_revoked, number = number, reason = reason).to_string()
            }
        });
        notify(connection, keys, one.holder, template, &body, now).await?;
    }
    Ok(taken)
}

/// Corrects the name of a licence's holder and tells them of each licence that was issued anew.
///
/// # Errors
/// As [`store::correct`].
pub async fn correct(
    connection: &mut PgConnection,
    keys: &Keys,
    officer: Uuid,
    number: &LicenceNumber,
    correction: (&Mended, Reason, &str),
    now: OffsetDateTime,
) -> Result<Vec<Reissued>, AppError> {
    let reissued = store::correct(connection, keys, officer, number, correction, || random_digits(15), now).await?;
    for one in &reissued {
        let body = in_both(|locale| {
            let (old, new) = (one.old.grouped(), one.new.grouped());
            td_string!(locale, oversight.sms_corrected, old = old, new = new).to_string()
        });
        notify(connection, keys, one.holder, "licence_corrected", &body, now).await?;
    }
    Ok(reissued)
}
