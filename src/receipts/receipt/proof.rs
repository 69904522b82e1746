//! Whether a receipt's answer follows from events that were in the log.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Claims, InLog};
use crate::calendar::day_of_iso;
use crate::history::model::{Checkpoint, Hash, Shown, includes, log_name};
use crate::licences::model::Validity;
use crate::oversight::model::Event;
use crate::receipts::model::{Change, Proof, Standing, Step, on_day};
use crate::signing::model::PublicKey;

/// The receipt's checkpoint, where one of `keys` signed it for the log of this portal.
pub fn checkpoint(claims: &Claims, origin: &str, keys: &[PublicKey]) -> Option<Checkpoint> {
    Checkpoint::open(&claims.checkpoint, &log_name(origin), keys).ok()
}

/// What the events of a receipt prove under its checkpoint, and the changes within the day.
pub fn proof(claims: &Claims, checkpoint: Option<&Checkpoint>) -> (Proof, Vec<Change>) {
    let Some(checkpoint) = checkpoint else { return (Proof::Fails, Vec::new()) };
    if claims.events.is_empty() && claims.answer == Standing::NotFound {
        return (Proof::Nothing, Vec::new());
    }
    match followed(claims, checkpoint) {
        Some((standing, changes)) if standing == claims.answer => {
            (Proof::Holds { events: claims.events.len(), leaves: checkpoint.size }, changes)
        }
        _ => (Proof::Fails, Vec::new()),
    }
}

/// The answer that follows from the events; `None` where one is not in the log, or they are not one licence's.
fn followed(claims: &Claims, checkpoint: &Checkpoint) -> Option<(Standing, Vec<Change>)> {
    let mut shown = claims.events.iter().map(|event| logged(event, checkpoint)).collect::<Option<Vec<Shown>>>()?;
    shown.sort_by_key(|shown| shown.event_id);
    let first = shown.first()?.clone();
    let of_one = |one: &Shown| {
        (&one.number, &one.kind, one.first_day, one.last_day)
            == (&claims.number, &first.kind, first.first_day, first.last_day)
    };
    if first.event != Event::Issued.code() || !shown.iter().all(of_one) {
        return None;
    }
    let step = |shown: &Shown| Some(Step { event: Event::from_code(&shown.event)?, at: shown.at });
    let steps = shown.iter().map(step).collect::<Option<Vec<Step>>>()?;
    let valid = Validity { from: first.first_day, to: first.last_day };
    let replayed = on_day(valid, &steps, day_of_iso(&claims.day)?);
    Some((replayed.standing, replayed.changes))
}

/// What an event's leaf shows, where it was in the log.
fn logged(event: &InLog, checkpoint: &Checkpoint) -> Option<Shown> {
    let path = URL_SAFE_NO_PAD.decode(&event.path).ok()?;
    let (hashes, rest) = path.as_chunks::<32>();
    let hashes: &[Hash] = rest.is_empty().then_some(hashes)?;
    let included = includes(&event.leaf, event.position, hashes, checkpoint.size, checkpoint.root);
    included.then(|| Shown::read(&event.leaf)).flatten()
}
