//! Where a pair of records stands, what is in the way of a merge, why it is done, and what the desk is shown. Pure, for
//! both targets.

mod codes;
mod views;

pub use codes::{Blocker, Difference, Sameness, Standing};
pub use views::{Chosen, Outcome, PairLine, PairView, PairsPage, RecordView};

/// An ID number as an officer sees it in a comparison: its first digit, which tells citizens from residents, and its last
/// two.
pub fn masked_number(number: &str) -> String {
    let (first, last) = (number.get(..1).unwrap_or_default(), number.get(number.len().saturating_sub(2)..));
    format!("{first}•••••••{}", last.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_masked_but_for_its_ends() {
        assert_eq!(masked_number("2123456788"), "2•••••••88");
    }

    proptest! {
        #[test]
        fn no_number_panics(number in "\\PC*") {
            let _ = masked_number(&number);
        }
    }
}
