//! One's own licence cards, kept in the browser so that they show with no signal. What is kept is what the code on the
//! card says to anybody who scans it, and nothing else of its holder. In the browser only.

use serde::{Deserialize, Serialize};

use crate::licences::model::{LicenceKind, Validity};
use crate::ui::browser_store;

const PREFIX: &str = "rukhsa-card:";

/// A card as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptCard {
    /// In groups of four.
    pub number: String,
    pub kind: LicenceKind,
    /// As strangers see it.
    pub masked_name: String,
    pub valid: Validity,
    /// The QR code, as SVG.
    pub qr: String,
}

impl KeptCard {
    /// Keeps it, in the place of what was kept of the same number.
    pub fn keep(&self) {
        if let Ok(text) = serde_json::to_string(self) {
            browser_store::keep(&format!("{PREFIX}{}", self.number), &text);
        }
    }
}

/// The cards kept here, the one that ends last first. What an older release kept otherwise is passed over.
pub fn kept() -> Vec<KeptCard> {
    let entries = browser_store::entries(PREFIX);
    let mut cards: Vec<KeptCard> = entries.iter().filter_map(|(_, text)| serde_json::from_str(text).ok()).collect();
    cards.sort_by_key(|card| std::cmp::Reverse(card.valid.to));
    cards
}

/// Forgets a card that is of no use any more.
pub fn forget(number: &str) {
    browser_store::forget(&format!("{PREFIX}{number}"));
}

/// Forgets them all: whoever signs out leaves nothing behind.
pub fn forget_all() {
    for (number, _) in browser_store::entries(PREFIX) {
        forget(&number);
    }
}
