//! Days in both calendars, Umm al-Qura (Hijri) and Gregorian, as they are counted in Riyadh. Pure, for every feature.

use icu_calendar::cal::Hijri;
use icu_calendar::cal::hijri::UmmAlQura;
use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, UtcOffset};

use crate::error::Problem;
use crate::text::digits;

/// Riyadh is three hours ahead of UTC all year.
pub const RIYADH: UtcOffset = time::macros::offset!(+3);

/// The day it is in Asia/Riyadh at an instant. All licence and birth days are read there.
pub fn riyadh_day(at: OffsetDateTime) -> Date {
    at.to_offset(RIYADH).date()
}

/// The calendar a date was typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Calendar {
    Hijri,
    Gregorian,
}

impl Calendar {
    /// As forms spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hijri => "hijri",
            Self::Gregorian => "gregorian",
        }
    }

    /// Reads [`Calendar::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Hijri, Self::Gregorian].into_iter().find(|calendar| calendar.code() == code)
    }
}

/// A day of the Umm al-Qura calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HijriDay {
    pub year: i32,
    /// 1 (Muharram) to 12.
    pub month: u8,
    pub day: u8,
}

impl HijriDay {
    /// The Hijri day of a Gregorian one.
    pub fn of(date: Date) -> Self {
        let iso = icu_calendar::Date::try_new_iso(date.year(), u8::from(date.month()), date.day());
        // Every `time::Date` is an ISO date; the fallback is the calendar's own epoch.
        let Ok(iso) = iso else { return Self { year: 1, month: 1, day: 1 } };
        let hijri = iso.to_calendar(Hijri::new_umm_al_qura());
        Self { year: hijri.year().extended_year(), month: hijri.month().ordinal, day: hijri.day_of_month().0 }
    }

    /// The Gregorian day, or `None` if the month has no such day.
    pub fn to_gregorian(self) -> Option<Date> {
        let calendar: Hijri<UmmAlQura> = Hijri::new_umm_al_qura();
        let hijri = icu_calendar::Date::try_new_hijri_with_calendar(self.year, self.month, self.day, calendar).ok()?;
        let iso = hijri.to_calendar(icu_calendar::Iso);
        let month = Month::try_from(iso.month().ordinal).ok()?;
        Date::from_calendar_date(iso.year().extended_year(), month, iso.day_of_month().0).ok()
    }
}

/// Reads a date typed as three numbers in a calendar.
///
/// # Errors
/// [`Problem::Required`] when all three are empty, [`Problem::DateInvalid`] when there is no such day.
pub fn parse_day(calendar: Calendar, day: &str, month: &str, year: &str) -> Result<Date, Problem> {
    if [day, month, year].iter().all(|part| part.trim().is_empty()) {
        return Err(Problem::Required);
    }
    let number = |part: &str| digits(part).and_then(|part| part.parse::<i32>().ok()).ok_or(Problem::DateInvalid);
    let (day, month, year) = (number(day)?, number(month)?, number(year)?);
    let day = u8::try_from(day).map_err(|_| Problem::DateInvalid)?;
    let month = u8::try_from(month).map_err(|_| Problem::DateInvalid)?;
    match calendar {
        Calendar::Hijri if (1300..=1500).contains(&year) => HijriDay { year, month, day }.to_gregorian(),
        Calendar::Gregorian if (1880..=2100).contains(&year) => {
            Month::try_from(month).ok().and_then(|month| Date::from_calendar_date(year, month, day).ok())
        }
        _ => None,
    }
    .ok_or(Problem::DateInvalid)
}

/// Reads a day as addresses and signed texts spell it (ISO 8601): `2026-01-03`, and in no other way.
pub fn day_of_iso(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let day = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    (day.to_string() == text).then_some(day)
}

/// Full Hijri years between a birth and a day, as the volunteering law counts age.
pub fn hijri_age(birth: Date, on: Date) -> i32 {
    let (birth, on) = (HijriDay::of(birth), HijriDay::of(on));
    on.year - birth.year - i32::from((on.month, on.day) < (birth.month, birth.day))
}

/// A day on its way to the browser: its Julian day number, since reading a date from text costs a first visit 12 KB.
pub mod as_number {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use time::Date;

    /// # Errors
    /// What the format itself refuses.
    pub fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i32(day.to_julian_day())
    }

    /// # Errors
    /// When it is no number, or no day between the years -9999 and 9999.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        Date::from_julian_day(i32::deserialize(from)?).map_err(|_| D::Error::custom("no day"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn known_days_agree_in_both_calendars() {
        for (gregorian, year, month, day) in [
            (date!(2026 - 11 - 23), 1448, 6, 13),
            (date!(2023 - 07 - 19), 1445, 1, 1),
            (date!(2024 - 03 - 11), 1445, 9, 1),
        ] {
            assert_eq!(HijriDay::of(gregorian), HijriDay { year, month, day });
        }
    }

    #[test]
    fn eighteen_hijri_years_end_on_the_birthday() {
        let birth = HijriDay { year: 1430, month: 6, day: 14 }.to_gregorian().unwrap();
        assert_eq!(hijri_age(birth, HijriDay { year: 1448, month: 6, day: 13 }.to_gregorian().unwrap()), 17);
        assert_eq!(hijri_age(birth, HijriDay { year: 1448, month: 6, day: 14 }.to_gregorian().unwrap()), 18);
    }

    #[test]
    fn a_day_that_is_not_there_is_refused() {
        assert_eq!(parse_day(Calendar::Gregorian, "30", "2", "1990"), Err(Problem::DateInvalid));
        assert_eq!(parse_day(Calendar::Hijri, "31", "1", "1410"), Err(Problem::DateInvalid));
        assert_eq!(parse_day(Calendar::Gregorian, "", " ", ""), Err(Problem::Required));
        assert_eq!(parse_day(Calendar::Gregorian, "٢٣", "١١", "١٩٩٠"), Ok(date!(1990 - 11 - 23)));
    }

    #[test]
    fn a_day_of_an_address_is_spelt_in_one_way() {
        assert_eq!(day_of_iso("2024-02-29"), Some(date!(2024 - 02 - 29)));
        for other in ["2023-02-29", "2024-2-29", "2024-02-29 ", "+2024-02-29", "2024-13-01", "24-02-29", "2024-02", ""]
        {
            assert_eq!(day_of_iso(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn every_day_goes_to_hijri_and_back(days in 0i64..55_000) {
            let day = date!(1920-01-01) + time::Duration::days(days);
            prop_assert_eq!(HijriDay::of(day).to_gregorian(), Some(day));
        }

        #[test]
        fn no_typed_date_panics(day in "\\PC{0,6}", month in "\\PC{0,6}", year in "\\PC{0,8}") {
            let _ = parse_day(Calendar::Hijri, &day, &month, &year);
            let _ = parse_day(Calendar::Gregorian, &day, &month, &year);
        }
    }
}
