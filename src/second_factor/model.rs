//! What a second factor is. Pure.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::text::digits;

/// Recovery codes made at once.
pub const CODES: usize = 10;
/// Decimal digits of a recovery code: 40 random bits, twice what NIST SP 800-63B (5.1.2.2) asks of a look-up secret
/// whose tries are limited.
pub const CODE_DIGITS: usize = 12;

/// Whether a sign-in has passed the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    /// Not yet, or too long ago.
    Due,
    Passed,
    /// So recently that it need not be asked again before what weighs most.
    Fresh,
}

/// Where somebody stands with their second factor, for their own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whether they hold a role that needs one.
    pub staff: bool,
    pub check: Check,
    /// Whether a first factor may be added without another.
    pub open: bool,
    pub passkeys: Vec<PasskeyView>,
    /// Recovery codes not used yet.
    pub codes_left: usize,
    /// New recovery codes that nobody has confirmed to have kept.
    pub draft: Vec<String>,
}

impl Standing {
    /// Whether there is anything to pass the check with.
    pub fn has_factor(&self) -> bool {
        self.codes_left > 0 || !self.passkeys.is_empty()
    }

    /// Whether factors may be added now.
    pub fn may_add(&self) -> bool {
        self.check == Check::Fresh || self.open
    }
}

/// A passkey as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyView {
    pub id: Uuid,
    pub added_at: OffsetDateTime,
    pub used_at: Option<OffsetDateTime>,
}

/// A recovery code as typed; `None` when it cannot be one.
pub fn recovery_code(typed: &str) -> Option<String> {
    digits(typed).filter(|code| code.len() == CODE_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        for typed in ["4821 0937 5516", "482109375516", "٤٨٢١-٠٩٣٧-٥٥١٦", " 4821\u{200f}09375516 "] {
            assert_eq!(recovery_code(typed).as_deref(), Some("482109375516"), "{typed}");
        }
        for typed in ["", "48210937551", "4821093755166", "4821 0937 551x"] {
            assert_eq!(recovery_code(typed), None, "{typed}");
        }
    }
}
