//! One of one's own licences, as its card shows it.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::error::AppError;
use crate::licences::model::{LicenceKind, LicenceStatus, Validity};
use crate::oversight::model::{Event, Reason};
use crate::renewal::model::Hint;

/// A licence as its card shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardView {
    /// In groups of four.
    pub number: String,
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    pub checked_at: OffsetDateTime,
    pub issued: Date,
    pub valid: Validity,
    pub name: String,
    pub latin_name: String,
    pub organisation: Option<String>,
    /// As strangers see it.
    pub masked_name: String,
    /// Where anyone verifies it: the QR code's address, under this host.
    pub verify_path: String,
    /// The QR code, as SVG.
    pub qr: String,
    /// What there is to say of its renewal.
    pub renewal: Option<Hint>,
    /// What happened to it, oldest first.
    pub history: Vec<CardStep>,
    /// The number that a correction put in its place.
    pub successor: Option<String>,
    /// The number that it corrects.
    pub predecessor: Option<String>,
}

/// A step of a licence's history, as its holder sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardStep {
    pub at: OffsetDateTime,
    pub event: Event,
    pub reason: Option<Reason>,
}

/// One of the signed-in person's own licences.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown number and for another person's alike.
#[server(endpoint = "licences/card", input = GetUrl)]
pub async fn card(number: String) -> Result<CardView, AppError> {
    use crate::licences::model::LicenceNumber;
    use crate::licences::{qr, store};
    use crate::oversight::store as oversight;

    let caller = crate::access::authorise("licences/card")?;
    let number = LicenceNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let mut connection = caller.connection().await?;
    let card = store::card(&mut connection, caller.person()?, &number, caller.locale, caller.now).await?;
    let history = oversight::history(&mut connection, card.id).await?;
    let successor = oversight::successor(&mut connection, card.id).await?;
    let predecessor = oversight::predecessor(&mut connection, card.id).await?;
    let renewal = crate::renewal::store::hint(&mut connection, caller.person()?, &number, caller.now).await?;
    let address = qr::address(&mut connection, &caller.state, (&number, &card), caller.now).await?;
    Ok(CardView {
        qr: qr::svg(&address)?,
        verify_path: address.trim_start_matches(&caller.state.config.origin).to_owned(),
        masked_name: card.masked_name,
        number: number.grouped(),
        kind: card.kind,
        status: card.status,
        checked_at: caller.now,
        issued: card.issued,
        valid: card.valid,
        name: card.name,
        latin_name: card.latin_name,
        organisation: card.organisation,
        history: history.into_iter().map(|one| CardStep { at: one.at, event: one.event, reason: one.reason }).collect(),
        successor,
        predecessor,
        renewal,
    })
}
