//! Keys of an organisation's programs.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Organisation, Secret};

/// Characters of what a key is used for, at most; the database says the same.
pub const LONGEST_LABEL: usize = 60;

/// What a key lets a program do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Verify more numbers at once, and more often.
    Verify,
    /// Read what the organisation's endpoints were told.
    Webhooks,
}

impl Scope {
    pub const ALL: [Self; 2] = [Self::Verify, Self::Webhooks];

    /// As the database and programs spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Webhooks => "webhooks",
        }
    }

    /// Reads [`Scope::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// Whether a key is good at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyStanding {
    InForce,
    /// Another took its place; it is good for some days more.
    Replaced,
    Expired,
    Revoked,
}

impl KeyStanding {
    /// The first that applies.
    pub fn at(revoked: bool, replaced: bool, expires_at: OffsetDateTime, now: OffsetDateTime) -> Self {
        if revoked {
            Self::Revoked
        } else if expires_at <= now {
            Self::Expired
        } else if replaced {
            Self::Replaced
        } else {
            Self::InForce
        }
    }

    /// Whether programs are still known by it.
    pub fn is_good(self) -> bool {
        matches!(self, Self::InForce | Self::Replaced)
    }
}

/// The keys of an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeysPage {
    pub organisation: Organisation,
    /// Newest first, those that are over too.
    pub keys: Vec<KeyLine>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
    /// What was just made in this sign-in.
    pub secret: Option<Secret>,
    /// Days that a new key is good for.
    pub days: i32,
    /// Days that a replaced key stays good for.
    pub overlap_days: i32,
}

/// A key, by what it is told apart by: never the key itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyLine {
    pub id: Uuid,
    pub label: String,
    /// Its first characters.
    pub start: String,
    pub scopes: Vec<Scope>,
    pub standing: KeyStanding,
    pub given_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
    pub revoked_at: Option<OffsetDateTime>,
    pub last_used_on: Option<Date>,
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn scopes_are_spelt_and_read() {
        for scope in Scope::ALL {
            assert_eq!(Scope::from_code(scope.code()), Some(scope));
        }
        assert_eq!(Scope::from_code("everything"), None);
    }

    #[test]
    fn a_key_is_good_until_its_last_instant() {
        let end = datetime!(2027-11-28 9:00 UTC);
        let before = end - time::Duration::SECOND;
        assert_eq!(KeyStanding::at(false, false, end, before), KeyStanding::InForce);
        assert_eq!(KeyStanding::at(false, true, end, before), KeyStanding::Replaced);
        assert_eq!(KeyStanding::at(false, true, end, end), KeyStanding::Expired);
        assert_eq!(KeyStanding::at(true, true, end, before), KeyStanding::Revoked);
        assert!(KeyStanding::Replaced.is_good() && !KeyStanding::Expired.is_good());
    }
}
