//! Saudi mobile numbers.

use crate::error::Problem;
use crate::text::{digits, latin_digits};

/// A mobile as `+9665xxxxxxxx`. No list of operators: numbers move between them. Neither `Debug` nor `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Mobile(String);

impl Mobile {
    /// Reads `05xxxxxxxx`, `5xxxxxxxx`, `9665…`, `+9665…` and `009665…`, in any digits, spaced as people like.
    ///
    /// # Errors
    /// [`Problem::Required`] when nothing was typed, [`Problem::MobileInvalid`] when it is none of these.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = latin_digits(typed);
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(Problem::Required);
        }
        let (number, abroad) = match typed.strip_prefix('+') {
            Some(rest) => (digits(rest), true),
            None => (digits(typed), false),
        };
        let number = number.ok_or(Problem::MobileInvalid)?;
        let local = if abroad {
            number.strip_prefix("966")
        } else {
            ["00966", "966", "0"].into_iter().find_map(|prefix| number.strip_prefix(prefix)).or(Some(&number))
        };
        local
            .filter(|local| local.len() == 9 && local.starts_with('5'))
            .map(|local| Self(format!("+966{local}")))
            .ok_or(Problem::MobileInvalid)
    }

    /// As `+9665xxxxxxxx`, for sealing, hashing and sending.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(typed: &str) -> Result<String, Problem> {
        Mobile::parse(typed).map(|mobile| mobile.0)
    }

    #[test]
    fn other_numbers_are_refused() {
        for typed in [
            "0412345678",
            "05123456789",
            "051234567",
            "+966 05 1234 5678",
            "+1 512345678",
            "05o2345678",
            "++966512345678",
        ] {
            assert_eq!(read(typed), Err(Problem::MobileInvalid), "{typed}");
        }
        assert_eq!(read("  "), Err(Problem::Required));
    }

    proptest! {
        #[test]
        fn every_form_of_a_number_reads_the_same(rest in "[0-9]{8}", form in 0usize..5, script in 0u32..3, gap in "[ \u{200E}-]{0,2}") {
            let prefix = ["05", "5", "9665", "+9665", "009665"][form];
            let zero = [u32::from('0'), u32::from('٠'), u32::from('۰')][script as usize];
            let written: String = format!("{prefix}{rest}")
                .chars()
                .map(|c| match c.to_digit(10) {
                    Some(digit) => format!("{}{gap}", char::from_u32(zero + digit).unwrap()),
                    None => c.to_string(),
                })
                .collect();
            prop_assert_eq!(read(&written), Ok(format!("+9665{rest}")));
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC*") {
            let _ = read(&typed);
        }
    }
}
