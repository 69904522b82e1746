//! Where a list goes on, and in which order it goes. Lives in the URL.

mod order;

use std::fmt::Display;
use std::str::FromStr;

use time::OffsetDateTime;
use uuid::Uuid;

pub use order::Order;

/// The last row of a page, by which the next page goes on: its time, and its id among those of that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<I = Uuid> {
    pub at: OffsetDateTime,
    pub id: I,
}

impl<I: Display + FromStr> Place<I> {
    /// Reads [`Place::code`].
    pub fn parse(code: &str) -> Option<Self> {
        let (micros, id) = code.split_once('_')?;
        let nanos = micros.parse::<i64>().ok().map(|micros| i128::from(micros) * 1000)?;
        let at = OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?;
        // No row is that old, and the database refuses times before 4713 BC.
        (at.year() > 0).then_some(Self { at, id: id.parse().ok()? })
    }

    /// As the URL spells it: microseconds since 1970, which is what the database keeps, and the id.
    pub fn code(&self) -> String {
        format!("{}_{}", self.at.unix_timestamp_nanos() / 1000, self.id)
    }
}

/// The last row of a page of a list that is ordered by a count first: the count, and its place among those that share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    pub count: i32,
    pub place: Place,
}

impl Ranked {
    /// Reads [`Ranked::code`].
    pub fn parse(code: &str) -> Option<Self> {
        let (count, place) = code.split_once('_')?;
        Some(Self { count: count.parse().ok()?, place: Place::parse(place)? })
    }

    /// As the URL spells it: the count, and the place as [`Place::code`].
    pub fn code(&self) -> String {
        format!("{}_{}", self.count, self.place.code())
    }
}

/// The path of a list with what is asked of it, each as (name, value); what is empty is not asked. No value may need
/// escaping: they are codes, ids, days and places.
pub fn href(path: &str, values: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        values.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}")).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Cuts one row more than a page holds off its end, and says after which of those left the next page goes on.
pub fn cut<T, P>(rows: &mut Vec<T>, page: usize, place: impl Fn(&T) -> P) -> Option<P> {
    let more = rows.len() > page;
    rows.truncate(page);
    rows.last().filter(|_| more).map(place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_place_is_found_again(micros in -60_000_000_000_000_000i64..200_000_000_000_000_000, id in any::<u128>()) {
            let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).unwrap();
            let place = Place { at, id: Uuid::from_u128(id) };
            prop_assert_eq!(Place::parse(&place.code()), Some(place));
            let numbered = Place { at, id: i64::from_le_bytes(id.to_le_bytes()[..8].try_into().unwrap()) };
            prop_assert_eq!(Place::parse(&numbered.code()), Some(numbered));
            let ranked = Ranked { count: i32::from_le_bytes(id.to_le_bytes()[..4].try_into().unwrap()), place };
            prop_assert_eq!(Ranked::parse(&ranked.code()), Some(ranked));
        }

        #[test]
        fn nothing_in_a_url_panics(typed in "\\PC*") {
            let _ = Place::<Uuid>::parse(&typed);
            let _ = Place::<i64>::parse(&typed);
            let _ = Ranked::parse(&typed);
        }
    }

    #[test]
    fn a_time_that_the_database_does_not_know_is_no_place() {
        assert_eq!(Place::<i64>::parse("-300000000000000000_1"), None);
        assert_eq!(Ranked::parse("1_-300000000000000000_00000000-0000-4000-8000-000000000001"), None);
    }

    #[test]
    fn the_whole_list_has_the_plain_path() {
        assert_eq!(href("/list", &[("kind", ""), ("after", "")]), "/list");
        assert_eq!(href("/list", &[("kind", "a"), ("order", ""), ("after", "1_2")]), "/list?kind=a&after=1_2");
    }

    #[test]
    fn a_page_goes_on_only_when_there_is_more() {
        let place = |at: &i64| Place { at: OffsetDateTime::from_unix_timestamp(*at).unwrap(), id: *at };
        let mut rows = vec![1, 2, 3];
        assert_eq!(cut(&mut rows, 2, place), Some(place(&2)));
        assert_eq!(rows, [1, 2]);
        assert_eq!(cut(&mut rows, 2, place), None);
        assert_eq!(rows, [1, 2]);
    }
}
