//! One cell, and the number in it.

use crate::bulk::model::{Asked, Wrong};
use crate::error::Problem;
use crate::licences::model::LicenceNumber;
use crate::text::{latin_digits, one_line, unguarded};

/// Characters that are kept of what is no number.
const LONGEST: usize = 60;

/// Up to here every whole number has a floating-point number of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Significant digits that a spreadsheet keeps of a quantity.
const KEPT_DIGITS: usize = 15;

/// A cell as a file has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    /// What a spreadsheet took for a quantity.
    Quantity(f64),
}

impl Cell {
    /// Whether nothing is in it to read.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if one_line(text).is_empty())
    }

    /// As a heading: in one line and small letters.
    pub fn heading(&self) -> String {
        match self {
            Self::Text(text) => one_line(text).to_lowercase(),
            Self::Quantity(_) => String::new(),
        }
    }

    /// Whether a digit is in it.
    pub fn has_digit(&self) -> bool {
        match self {
            Self::Text(text) => latin_digits(text).contains(|c: char| c.is_ascii_digit()),
            Self::Quantity(_) => true,
        }
    }

    /// The number, or why it is none.
    ///
    /// # Errors
    /// [`Wrong`]
    pub fn number(&self) -> Result<LicenceNumber, Wrong> {
        match self {
            Self::Text(text) => in_text(text),
            Self::Quantity(quantity) => in_quantity(*quantity),
        }
    }

    /// What it asks about.
    pub fn asked(&self) -> Asked {
        match self.number() {
            Ok(number) => Asked::Number(number.digits().to_owned()),
            Err(Wrong::Missing) => Asked::Wrong(String::new(), Wrong::Missing),
            Err(wrong) => Asked::Wrong(self.shown(), wrong),
        }
    }

    fn shown(&self) -> String {
        let text = match self {
            Self::Text(text) => one_line(&text.replace('\0', "")),
            Self::Quantity(quantity) => quantity.to_string(),
        };
        text.chars().take(LONGEST).collect::<String>().trim_end().to_owned()
    }
}

fn in_text(text: &str) -> Result<LicenceNumber, Wrong> {
    let text = latin_digits(text);
    let text = unguarded(text.trim());
    // What keeps a spreadsheet from taking it for a quantity.
    let text =
        text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text).trim_start_matches('\'');
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    if let Some((whole, digits)) = scientific(text) {
        return if digits < KEPT_DIGITS { Err(Wrong::Shortened) } else { in_quantity(whole) };
    }
    // A quantity as programs write it.
    let whole = text.split_once('.').filter(|(whole, rest)| {
        !rest.is_empty()
            && rest.bytes().all(|byte| byte == b'0')
            && (1..=16).contains(&whole.len())
            && all_digits(whole)
    });
    let parsed = match whole {
        Some((whole, _)) => LicenceNumber::parse(&format!("{whole:0>16}")),
        None => LicenceNumber::parse(text),
    };
    parsed.map_err(|problem| match problem {
        Problem::LicenceNumberMistyped => Wrong::Mistyped,
        _ => Wrong::Length,
    })
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A quantity written as `4.821093755162049E+15`, and how many digits of it are left.
fn scientific(text: &str) -> Option<(f64, usize)> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let mantissa = mantissa.replace([',', '٫'], ".");
    let fits = mantissa.starts_with(|c: char| c.is_ascii_digit())
        && exponent.trim_start_matches(['+', '-']).bytes().all(|byte| byte.is_ascii_digit());
    let value = format!("{mantissa}e{exponent}").parse().ok().filter(|_| fits)?;
    Some((value, mantissa.bytes().filter(u8::is_ascii_digit).count()))
}

/// The number that a spreadsheet took for a quantity. It drops zeros in front, and keeps fifteen digits of sixteen: the
/// last, which it makes a zero, is the check digit and follows from the others. A program may have written all sixteen, of
/// which floating-point numbers beyond 2^53 keep every other. Where two numbers could be meant, none is guessed.
fn in_quantity(quantity: f64) -> Result<LicenceNumber, Wrong> {
    if !(0.0..1e16).contains(&quantity) || quantity.fract() != 0.0 {
        return Err(Wrong::Length);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and from 0 to 10^16")]
    let whole = quantity as u64;
    let written = |whole: u64| LicenceNumber::parse(&format!("{whole:016}")).ok();
    let shortened = whole.is_multiple_of(10) && whole >= 1_000_000_000_000_000;
    let completed = shortened.then(|| LicenceNumber::from_digits15(&(whole / 10).to_string())).flatten();
    let beside = if quantity < EXACT { [None, None] } else { [written(whole - 1), written(whole + 1)] };
    let mut meant = Vec::new();
    for number in [written(whole), completed].into_iter().chain(beside).flatten() {
        if !meant.contains(&number) {
            meant.push(number);
        }
    }
    match meant.as_slice() {
        [number] => Ok(number.clone()),
        [] => Err(Wrong::Mistyped),
        _ => Err(Wrong::Shortened),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_that_a_spreadsheet_took_for_a_quantity_is_found_or_none_is(random in "[0-9]{15}", dropped in any::<bool>()) {
            let number = LicenceNumber::from_digits15(&random).unwrap();
            let whole: u64 = number.digits().parse().unwrap();
            // Fifteen significant digits, or all that fit.
            let kept = if dropped && whole >= 1_000_000_000_000_000 { whole / 10 * 10 } else { whole };
            #[expect(clippy::cast_precision_loss, reason = "as spreadsheets do")]
            let read = in_quantity(kept as f64);
            prop_assert!(read == Ok(number.clone()) || read == Err(Wrong::Shortened), "{read:?}");
            if whole < 9_000_000_000_000_000 {
                prop_assert_eq!(read, Ok(number));
            }
        }

        #[test]
        fn no_quantity_panics(quantity in any::<f64>()) {
            let cell = Cell::Quantity(quantity);
            let _ = (cell.asked(), cell.is_blank());
        }
    }

    #[test]
    fn what_is_no_whole_number_is_none() {
        for quantity in [f64::NAN, f64::INFINITY, -4_821_093_755_162_049.0, 0.5, 1e16, 1e300] {
            assert_eq!(in_quantity(quantity), Err(Wrong::Length), "{quantity}");
        }
    }
}
