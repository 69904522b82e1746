//! The number on a licence, and what may be wrong with it as typed.

use crate::error::Problem;
use crate::text::digits;
use crate::ui::number::grouped;

/// Sixteen digits, the last a check digit by ISO/IEC 7064 MOD 11,10.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LicenceNumber(String);

impl LicenceNumber {
    /// Reads a number as typed or scanned: any digits, spaces, dashes and direction marks.
    ///
    /// # Errors
    /// [`Problem::Required`] when nothing was typed, [`Problem::LicenceNumberLength`] when it is not sixteen digits,
    /// [`Problem::LicenceNumberMistyped`] when the check digit does not fit.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let number = digits(typed).ok_or(Problem::LicenceNumberLength)?;
        match number.len() {
            0 => Err(Problem::Required),
            16 if check_digit(&number[..15]) == number.as_bytes()[15] => Ok(Self(number)),
            16 => Err(Problem::LicenceNumberMistyped),
            _ => Err(Problem::LicenceNumberLength),
        }
    }

    /// Completes fifteen random digits with their check digit; `None` for anything else.
    pub fn from_digits15(random: &str) -> Option<Self> {
        let fits = random.len() == 15 && random.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self(format!("{random}{}", char::from(check_digit(random)))))
    }

    /// The sixteen digits, as stored and as in addresses.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// In groups of four, as shown.
    pub fn grouped(&self) -> String {
        grouped(&self.0, 4)
    }
}

/// ISO/IEC 7064 MOD 11,10: the check character of a string of digits, as an ASCII digit.
fn check_digit(digits: &str) -> u8 {
    let product = digits.bytes().fold(10u8, |product, byte| {
        let sum = (product + byte.saturating_sub(b'0')) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    b'0' + (11 - product) % 10
}

/// Which group of four to look at first in a number that was typed wrongly, counted from 1: the first that has not four
/// digits, where groups were typed. A check digit alone cannot tell.
pub fn suspect_group(typed: &str) -> Option<usize> {
    let line = crate::text::one_line(typed);
    let groups: Vec<&str> = line.split([' ', '-']).filter(|group| !group.is_empty()).collect();
    (groups.len() > 1).then(|| groups.iter().position(|group| group.chars().count() != 4)).flatten().map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = LicenceNumber> {
        "[0-9]{15}".prop_map(|random| LicenceNumber::from_digits15(&random).unwrap())
    }

    #[test]
    fn the_check_digit_is_the_standards() {
        // The worked example of ISO/IEC 7064 for MOD 11,10: 0794 has the check digit 5.
        assert_eq!(check_digit("0794"), b'5');
        assert!(LicenceNumber::from_digits15("48210937551620").is_none());
        assert!(LicenceNumber::from_digits15("48210937551620x").is_none());
    }

    #[test]
    fn a_number_says_what_is_wrong_with_it() {
        let right = LicenceNumber::from_digits15("482109375516204").unwrap();
        let wrong = (b'0'..=b'9').map(char::from).find(|digit| !right.digits().ends_with(*digit)).unwrap();
        assert_eq!(LicenceNumber::parse(" "), Err(Problem::Required));
        assert_eq!(LicenceNumber::parse("4821 0937"), Err(Problem::LicenceNumberLength));
        assert_eq!(LicenceNumber::parse("48x1"), Err(Problem::LicenceNumberLength));
        assert_eq!(LicenceNumber::parse(&format!("482109375516204{wrong}")), Err(Problem::LicenceNumberMistyped));
    }

    #[test]
    fn the_group_with_a_digit_missing_is_named() {
        assert_eq!(suspect_group("4821 093 5516 2049"), Some(2));
        assert_eq!(suspect_group("4821-0937-5516-20499"), Some(4));
        assert_eq!(suspect_group("٤٨٢١ ٠٩٣٧ ٥٥١٦ ٢٠٤٩"), None);
        assert_eq!(suspect_group("482109375516204"), None);
    }

    proptest! {
        #[test]
        fn every_single_wrong_digit_is_caught(number in number(), at in 0usize..16, other in b'0'..=b'9') {
            let mut digits = number.digits().as_bytes().to_vec();
            prop_assume!(digits[at] != other);
            digits[at] = other;
            let typed = String::from_utf8(digits).unwrap();
            prop_assert_eq!(LicenceNumber::parse(&typed), Err(Problem::LicenceNumberMistyped));
        }

        #[test]
        fn any_writing_of_a_number_reads_the_same(number in number(), script in 0usize..3, gap in "[ \u{200E}\u{2067}-]{0,3}") {
            let zero = [u32::from('0'), u32::from('٠'), u32::from('۰')][script];
            let typed: String = number
                .digits()
                .bytes()
                .map(|digit| format!("{}{gap}", char::from_u32(zero + u32::from(digit - b'0')).unwrap()))
                .collect();
            prop_assert_eq!(LicenceNumber::parse(&typed), Ok(number));
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC*") {
            let _ = (LicenceNumber::parse(&typed), suspect_group(&typed));
        }
    }

    #[test]
    fn nearly_all_swaps_of_neighbours_are_caught() {
        let (mut swaps, mut missed) = (0u32, 0u32);
        for seed in 0u64..2_000 {
            let random = format!("{:015}", seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) % 1_000_000_000_000_000);
            let number = LicenceNumber::from_digits15(&random).unwrap();
            for at in 0..15 {
                let mut digits = number.digits().as_bytes().to_vec();
                if digits[at] == digits[at + 1] {
                    continue;
                }
                digits.swap(at, at + 1);
                swaps += 1;
                missed += u32::from(LicenceNumber::parse(std::str::from_utf8(&digits).unwrap()).is_ok());
            }
        }
        assert!(missed * 100 < swaps * 3, "{missed} of {swaps} swaps missed");
    }
}
