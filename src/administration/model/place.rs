//! Where a list that is ordered by time goes on. Lives in the URL.

use std::fmt::Display;
use std::str::FromStr;

use time::OffsetDateTime;

/// The last entry of a page, by which the next page goes on: its time, and its id among those of that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<I> {
    pub at: OffsetDateTime,
    pub id: I,
}

impl<I: Display + FromStr> Place<I> {
    /// Reads [`Place::code`].
    pub fn parse(code: &str) -> Option<Self> {
        let (micros, id) = code.split_once('_')?;
        let nanos = micros.parse::<i64>().ok().map(|micros| i128::from(micros) * 1000)?;
        Some(Self { at: OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?, id: id.parse().ok()? })
    }

    /// As the URL spells it: microseconds since 1970, which is what the database keeps, and the id.
    pub fn code(&self) -> String {
        format!("{}_{}", self.at.unix_timestamp_nanos() / 1000, self.id)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_place_is_found_again(micros in -60_000_000_000_000_000i64..200_000_000_000_000_000, id in any::<i64>()) {
            let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).unwrap();
            let place = Place { at, id };
            prop_assert_eq!(Place::parse(&place.code()), Some(place));
        }

        #[test]
        fn nothing_in_a_url_panics(typed in "\\PC*") {
            let _ = Place::<i64>::parse(&typed);
        }
    }
}
