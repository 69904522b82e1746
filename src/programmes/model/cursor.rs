//! Where a list goes on. Lives in the URL.

use time::OffsetDateTime;
use uuid::Uuid;

/// The last row of a page, by which the next page goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub at: OffsetDateTime,
    pub id: Uuid,
}

impl Cursor {
    /// Reads [`Cursor::code`].
    pub fn parse(code: &str) -> Option<Self> {
        let (micros, id) = code.split_once('_')?;
        let nanos = micros.parse::<i64>().ok().map(|micros| i128::from(micros) * 1000)?;
        Some(Self { at: OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?, id: Uuid::parse_str(id).ok()? })
    }

    /// As the URL spells it: microseconds since 1970, which is what the database keeps, and the id.
    pub fn code(self) -> String {
        format!("{}_{}", self.at.unix_timestamp_nanos() / 1000, self.id)
    }

    /// Cuts one row more than a page holds off its end, and says where the next page goes on.
    pub fn cut<T>(rows: &mut Vec<T>, page: usize, place: impl Fn(&T) -> Self) -> Option<String> {
        let more = rows.len() > page;
        rows.truncate(page);
        rows.last().filter(|_| more).map(|last| place(last).code())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_place_is_found_again(micros in -60_000_000_000_000_000i64..200_000_000_000_000_000, id in any::<u128>()) {
            let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).unwrap();
            let cursor = Cursor { at, id: Uuid::from_u128(id) };
            prop_assert_eq!(Cursor::parse(&cursor.code()), Some(cursor));
        }

        #[test]
        fn nothing_in_a_url_panics(typed in "\\PC*") {
            let _ = Cursor::parse(&typed);
        }
    }
}
