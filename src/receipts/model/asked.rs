//! What may be asked.

use time::Date;
use time::macros::date;

use crate::calendar::{Calendar, day_of_iso, parse_day};
use crate::error::Problem;

/// The first day that can be asked about: the register holds nothing from before it.
pub const EARLIEST: Date = date!(2020 - 01 - 01);

/// Bytes of a receipt at most that is looked at; those that the register gives are a tenth of it.
pub const LONGEST_RECEIPT: usize = 32 * 1024;

/// The day that an address names: as `date` where that is there, else as typed in a calendar. `typed` is day, month, year
/// and calendar.
///
/// # Errors
/// [`Problem::Required`] or [`Problem::DateInvalid`] where it is no day, [`Problem::DayToCome`] and
/// [`Problem::DayTooEarly`] where nothing can be said of it.
pub fn day_asked(date: &str, [day, month, year, calendar]: [&str; 4], today: Date) -> Result<Date, Problem> {
    let asked = if date.is_empty() {
        parse_day(Calendar::from_code(calendar).unwrap_or(Calendar::Gregorian), day, month, year)?
    } else {
        day_of_iso(date).ok_or(Problem::DateInvalid)?
    };
    match asked {
        asked if asked > today => Err(Problem::DayToCome),
        asked if asked < EARLIEST => Err(Problem::DayTooEarly),
        asked => Ok(asked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = date!(2026 - 11 - 28);

    #[test]
    fn a_day_is_asked_in_either_calendar_or_by_its_address() {
        let rajab = date!(2025 - 12 - 23);
        assert_eq!(day_asked("", ["3", "7", "1447", "hijri"], TODAY), Ok(rajab));
        assert_eq!(day_asked("", ["٢٣", "١٢", "٢٠٢٥", "gregorian"], TODAY), Ok(rajab));
        assert_eq!(day_asked("", ["23", "12", "2025", ""], TODAY), Ok(rajab));
        assert_eq!(day_asked("2025-12-23", ["1", "1", "2026", "gregorian"], TODAY), Ok(rajab));
        assert_eq!(day_asked("2026-11-28", [""; 4], TODAY), Ok(TODAY));
        assert_eq!(day_asked("2020-01-01", [""; 4], TODAY), Ok(EARLIEST));
    }

    #[test]
    fn days_of_which_nothing_can_be_said_are_refused() {
        for (date, typed, problem) in [
            ("2026-11-29", [""; 4], Problem::DayToCome),
            ("", ["1", "9", "1499", "hijri"], Problem::DayToCome),
            ("2019-12-31", [""; 4], Problem::DayTooEarly),
            ("", ["1", "1", "1400", "hijri"], Problem::DayTooEarly),
            ("yesterday", [""; 4], Problem::DateInvalid),
            ("", ["31", "2", "2026", "gregorian"], Problem::DateInvalid),
            ("", [""; 4], Problem::Required),
        ] {
            assert_eq!(day_asked(date, typed, TODAY), Err(problem), "{date} {typed:?}");
        }
    }
}
