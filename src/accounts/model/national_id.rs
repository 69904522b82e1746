//! National ID (citizens) and Iqama (residents) numbers.

use crate::error::Problem;
use crate::text::digits;

const LENGTH: usize = 10;

/// Ten digits, the first 1 (citizen) or 2 (resident), with a check digit. Shown to nobody and logged nowhere: it has
/// neither `Debug` nor `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct NationalId(String);

impl NationalId {
    /// Reads a number in any digits, with spaces, dashes and direction marks between them.
    ///
    /// # Errors
    /// [`Problem::Required`] when nothing was typed, [`Problem::NationalIdInvalid`] when it is no such number.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let number = digits(typed).ok_or(Problem::NationalIdInvalid)?;
        if number.is_empty() {
            return Err(Problem::Required);
        }
        let valid = number.len() == LENGTH && number.starts_with(['1', '2']) && check_sum(&number).is_multiple_of(10);
        if valid { Ok(Self(number)) } else { Err(Problem::NationalIdInvalid) }
    }

    /// The ten digits, for sealing and hashing.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Doubles the digits at even places, counted from 0 at the left, and adds the digits of all.
fn check_sum(number: &str) -> u32 {
    number
        .chars()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(place, digit)| if place.is_multiple_of(2) { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum()
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A synthetic number from nine digits: the first is made 1 or 2, the tenth is the check digit.
    pub(crate) fn synthetic(seed: u32) -> String {
        let body = format!("{}{:08}", 1 + seed % 2, seed % 100_000_000);
        (0..10).map(|check| format!("{body}{check}")).find(|number| check_sum(number).is_multiple_of(10)).unwrap()
    }

    #[test]
    fn numbers_with_the_right_check_digit_are_read() {
        for number in ["1000000008", "2000000006", "2123456788"] {
            assert_eq!(NationalId::parse(number).map(|id| id.0).ok().as_deref(), Some(number));
        }
    }

    #[test]
    fn other_numbers_are_refused() {
        for typed in ["1000000000", "3000000004", "100000008", "10000000080", "10000O0008"] {
            assert!(NationalId::parse(typed).err() == Some(Problem::NationalIdInvalid), "{typed}");
        }
        assert!(NationalId::parse(" \u{200F} ").err() == Some(Problem::Required));
    }

    proptest! {
        #[test]
        fn any_writing_of_a_number_reads_the_same(seed in 0u32..100_000_000, script in 0u32..3, gap in "[ \u{200E}\u{2067}-]{0,2}") {
            let number = synthetic(seed);
            let zero = [u32::from('0'), u32::from('٠'), u32::from('۰')][script as usize];
            let written: String = number
                .chars()
                .map(|c| format!("{}{gap}", char::from_u32(zero + c as u32 - '0' as u32).unwrap()))
                .collect();
            prop_assert!(NationalId::parse(&written).ok().map(|id| id.0) == Some(number));
        }

        #[test]
        fn one_wrong_digit_is_always_noticed(seed in 0u32..100_000_000, place in 1usize..10, by in 1u8..10) {
            let mut number = synthetic(seed).into_bytes();
            number[place] = b'0' + (number[place] - b'0' + by) % 10;
            prop_assert!(NationalId::parse(std::str::from_utf8(&number).unwrap()).is_err());
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC*") {
            let _ = NationalId::parse(&typed);
        }
    }
}
