//! Who may volunteer, and who needs a guardian.

use time::{Date, Month};

use crate::calendar::hijri_age;
use crate::error::Problem;

/// Full Hijri years from which nobody else's consent is needed.
pub const ADULT: i32 = 18;
/// Gregorian years between which a birth date is believed.
const YOUNGEST: i32 = 15;
const OLDEST: i32 = 100;

/// Whether a birth date is one of a possible volunteer: 15 to 100 years on the day.
///
/// # Errors
/// [`Problem::BirthDateImpossible`].
pub fn possible(birth: Date, today: Date) -> Result<Date, Problem> {
    if (YOUNGEST..=OLDEST).contains(&years(birth, today)) { Ok(birth) } else { Err(Problem::BirthDateImpossible) }
}

/// Whether a guardian's consent is needed on a day.
pub fn needs_guardian(birth: Date, today: Date) -> bool {
    hijri_age(birth, today) < ADULT
}

fn years(birth: Date, today: Date) -> i32 {
    let place = |date: Date| (u8::from(date.month()), date.day());
    today.year() - birth.year() - i32::from(place(today) < place(birth))
}

/// Reads a day written as `YYYY-MM-DD`.
pub fn read_iso(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year, month, parts.next()?.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::calendar::HijriDay;

    #[test]
    fn fifteen_to_a_hundred_years_are_believed() {
        let today = date!(2026 - 11 - 23);
        assert_eq!(possible(date!(2011 - 11 - 23), today), Ok(date!(2011 - 11 - 23)));
        assert_eq!(possible(date!(2011 - 11 - 24), today), Err(Problem::BirthDateImpossible));
        assert!(possible(date!(1926 - 11 - 23), today).is_ok());
        assert!(possible(date!(1925 - 11 - 23), today).is_err());
    }

    #[test]
    fn a_guardian_is_needed_until_the_eighteenth_hijri_birthday() {
        let day = |year, month, day| HijriDay { year, month, day }.to_gregorian().unwrap();
        assert!(needs_guardian(day(1430, 6, 14), day(1448, 6, 13)));
        assert!(!needs_guardian(day(1430, 6, 14), day(1448, 6, 14)));
    }

    #[test]
    fn a_day_reads_as_it_was_written() {
        let day = date!(1990 - 02 - 03);
        assert_eq!(read_iso(&day.to_string()), Some(day));
        assert_eq!(read_iso("1990-02-30"), None);
        assert_eq!(read_iso("x"), None);
    }
}
