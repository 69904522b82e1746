//! Codes on their way: the asking, its code and the message that carries it are written in one transaction.

use crate::i18n::td_string;
use uuid::Uuid;

use super::store::codes::{self, Asked, Asking, Issued};
use super::store::{guardians, limits, sealed};
use crate::access::Caller;
use crate::error::AppError;
use crate::messages::store::{Channel, Outgoing, enqueue};

/// Texts a code for an asking; returns the id of the attempt it belongs to.
///
/// # Errors
/// [`AppError::TooMany`], or when the database is away.
pub async fn send(caller: &Caller, asking: &Asking) -> Result<Uuid, AppError> {
    let keys = &caller.state.config.keys;
    let mobile = sealed::open_mobile(keys, &asking.mobile.sealed)?;
    limits::count_send(&mut *caller.connection().await?, keys, &asking.mobile.hash, caller.address, caller.now).await?;

    let mut tx = caller.begin().await?;
    let issued = codes::issue(&mut tx, keys, asking, caller.now).await?;
    let (template, body) = match &asking.asked {
        Asked::SignIn { .. } => ("sign_in_code", sign_in_text(caller, &issued)),
        Asked::Guardian { minor } => {
            let standing = guardians::standing(&mut tx, *minor, caller.now).await?;
            ("guardian_code", guardian_text(caller, &issued, standing.given_name.unwrap_or_default()))
        }
    };
    let message = Outgoing {
        // Whose account it is stays open until the code is confirmed.
        person: None,
        channel: Channel::Sms,
        recipient: mobile.as_str(),
        template,
        body: &body,
        useful_until: Some(issued.expires_at),
    };
    enqueue(&mut tx, keys, &message, caller.now).await?;
    tx.commit().await?;
    Ok(issued.attempt)
}

fn sign_in_text(caller: &Caller, issued: &Issued) -> String {
    let code = issued.code.clone();
    td_string!(caller.locale, accounts.sms_sign_in, code = code)
}

fn guardian_text(caller: &Caller, issued: &Issued, name: String) -> String {
    let code = issued.code.clone();
    let link = format!("{}/guardian/{}", caller.state.config.origin, issued.attempt);
    td_string!(caller.locale, accounts.sms_guardian, code = code, name = name, link = link)
}
