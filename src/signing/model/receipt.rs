//! Receipts of answers about a day: signed as everything else is, and of a kind of their own. What they say is for
//! `crate::receipts` to read.

use serde::{Deserialize, Serialize};

use super::jws::{Header, opened};
use super::{PublicKey, Refusal};

/// The header of a receipt.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptHeader {
    pub alg: String,
    pub kid: String,
    /// [`ReceiptHeader::TYPE`].
    pub typ: String,
}

impl ReceiptHeader {
    /// What sets it apart from whatever else the register signs.
    pub const TYPE: &'static str = "rukhsa-receipt+jwt";
}

impl Header for ReceiptHeader {
    fn alg(&self) -> &str {
        &self.alg
    }

    fn kid(&self) -> &str {
        &self.kid
    }

    fn fits(&self) -> bool {
        self.typ == Self::TYPE
    }
}

/// The payload of a receipt, where one of `keys` signed it.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn open_receipt(text: &str, keys: &[PublicKey]) -> Result<Vec<u8>, Refusal> {
    opened::<ReceiptHeader>(text, keys)
}
