//! E-mail addresses.

use crate::error::Problem;
use crate::text::one_line;

/// Octets of an address at most (RFC 5321).
const LONGEST: usize = 254;

/// An address that a mail server may know. Only a message that arrives proves one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// [`Problem::Required`] when nothing was typed, [`Problem::TooLong`], [`Problem::EmailInvalid`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = one_line(typed);
        if typed.is_empty() {
            return Err(Problem::Required);
        }
        if typed.len() > LONGEST {
            return Err(Problem::TooLong);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
        let label = |label: &str| {
            !label.is_empty()
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let (name, host) = typed.rsplit_once('@').ok_or(Problem::EmailInvalid)?;
        let name_fits = !name.is_empty()
            && name.len() <= 64
            && name.chars().all(plain)
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..");
        if name_fits && host.contains('.') && host.split('.').all(label) {
            Ok(Self(typed))
        } else {
            Err(Problem::EmailInvalid)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_an_address_is_refused() {
        for typed in
            ["sara", "sara@", "@example.org", "sara@example", "sa ra@example.org", "a@b@example.org", "sara@-x.org"]
        {
            assert_eq!(Email::parse(typed), Err(Problem::EmailInvalid), "{typed}");
        }
        assert_eq!(Email::parse(&format!("{}@example.org", "a".repeat(300))), Err(Problem::TooLong));
    }

    proptest! {
        #[test]
        fn plain_addresses_are_kept_as_typed(name in "[a-z][a-z0-9_+]{0,20}", host in "[a-z]{1,20}", top in "[a-z]{2,6}") {
            let typed = format!("{name}@{host}.{top}");
            let email = Email::parse(&format!(" {typed}\u{200E} "));
            prop_assert_eq!(email.map(|email| email.0), Ok(typed));
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC*") {
            let _ = Email::parse(&typed);
        }
    }
}
