//! Answering for a day, and checking receipts.

use time::{Date, OffsetDateTime};

use super::model::{Checked, OnDay, Receipt, Standing, Told, on_day};
use super::receipt::{Claims, InLog, checkpoint, proof};
use super::store;
use crate::error::AppError;
use crate::history::{holds, prove};
use crate::licences::model::{LicenceNumber, LicenceStatus};
use crate::server::state::AppState;
use crate::signing::model::Refusal;
use crate::signing::{receipt, signing_key};

/// What the licence of a number was on a day, with a receipt that was asked for now.
///
/// # Errors
/// An internal one where its history is not what was logged; when the database is away.
pub async fn answer(
    state: &AppState,
    number: &LicenceNumber,
    day: Date,
    now: OffsetDateTime,
) -> Result<Told, AppError> {
    let history = store::history(&mut *state.pool.acquire().await?, number).await?;
    let kind = history.as_ref().map(|history| history.kind);
    let replayed = history.as_ref().map(|history| on_day(history.valid, &history.steps, day));
    let (mut events, mut reason) = (Vec::new(), None);
    if let Some((history, replayed)) = history.as_ref().zip(replayed.as_ref()) {
        events.extend(replayed.deciding.iter().map(|index| history.events[*index].0));
        // As a stranger was told on that day.
        let told = matches!(replayed.standing, Standing::Was(LicenceStatus::Suspended | LicenceStatus::Revoked));
        reason = replayed.worst.filter(|_| told).and_then(|index| history.events[index].1);
    }
    let proof = prove(state, &events).await?;
    let (standing, changes) =
        replayed.map_or((Standing::NotFound, Vec::new()), |replayed| (replayed.standing, replayed.changes));
    let number = number.digits().to_owned();
    let answer = OnDay { number, day, standing, reason, changes, asked_at: now };
    let events = proof.events.into_iter().map(InLog::from).collect();
    let claims = Claims::new(state.config.origin.clone(), &answer, proof.checkpoint.note, events);
    let key = signing_key(&mut *state.pool.acquire().await?, state, now).await?;
    Ok(Told { receipt: receipt(&key, &claims), kind, answer })
}

/// What is found of a text that was given as a receipt.
///
/// # Errors
/// When the database is away.
pub async fn check(state: &AppState, text: &str) -> Result<Checked, AppError> {
    // Not a reader: a receipt of a moment ago may have a checkpoint of a moment ago.
    let mut connection = state.pool.acquire().await?;
    let (counting, ever) = store::keys(&mut connection).await?;
    let mut key_retired = false;
    let mut opened = Claims::open(text, &counting);
    if opened == Err(Refusal::UnknownKey) {
        opened = Claims::open(text, &ever);
        key_retired = true;
    }
    let claims = match opened {
        Ok(claims) if claims.iss == state.config.origin => claims,
        Ok(_) => return Ok(Checked::Refused(Refusal::Contents)),
        Err(refusal) => return Ok(Checked::Refused(refusal)),
    };
    let Some(told) = claims.told() else { return Ok(Checked::Refused(Refusal::Contents)) };
    let checkpoint = checkpoint(&claims, &state.config.origin, &ever);
    let (proof, changes) = proof(&claims, checkpoint.as_ref());
    let held = match &checkpoint {
        Some(checkpoint) => holds(&mut connection, checkpoint.size, &claims.checkpoint).await?,
        None => false,
    };
    Ok(Checked::Signed(Receipt { answer: OnDay { changes, ..told }, issuer: claims.iss, key_retired, proof, held }))
}
