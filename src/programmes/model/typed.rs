//! Single values as they are typed: lines, numbers, codes, days and times. Times are of Riyadh.

use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

use super::LONGEST_LINE;
use crate::calendar::{Calendar, RIYADH, parse_day, riyadh_day};
use crate::error::{Fields, Problem};
use crate::text::{digits, latin_digits, one_line};

/// One line that must say something.
pub(super) fn line(typed: &str) -> Result<String, Problem> {
    let line = one_line(typed);
    match line.chars().count() {
        0 => Err(Problem::Required),
        count if count > LONGEST_LINE => Err(Problem::TooLong),
        _ => Ok(line),
    }
}

/// The id of a choice.
pub(super) fn id(typed: &str) -> Result<Uuid, Problem> {
    if typed.trim().is_empty() {
        return Err(Problem::Required);
    }
    Uuid::parse_str(typed.trim()).map_err(|_| Problem::ChoiceUnknown)
}

/// A place as `region/city`.
pub(super) fn place(typed: &str) -> Result<(String, String), Problem> {
    let (region, city) = typed.trim().split_once('/').ok_or(Problem::PlaceUnknown)?;
    Ok((region.to_owned(), city.to_owned()))
}

/// A short code of Latin letters, digits and dashes: a programme's, or a row's of a file.
///
/// # Errors
/// [`Problem::Required`] or [`Problem::CodeInvalid`].
pub fn code(typed: &str) -> Result<String, Problem> {
    let typed = latin_digits(typed.trim()).to_ascii_lowercase();
    match typed.len() {
        0 => Err(Problem::Required),
        1..=60 if typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) => Ok(typed),
        _ => Err(Problem::CodeInvalid),
    }
}

/// A whole number in bounds, in any digits.
///
/// # Errors
/// [`Problem::Required`] or [`Problem::NumberInvalid`].
pub fn number<T: TryFrom<i64>>(typed: &str, least: i64, most: i64) -> Result<T, Problem> {
    if typed.trim().is_empty() {
        return Err(Problem::Required);
    }
    let number = digits(typed).and_then(|digits| digits.parse::<i64>().ok()).ok_or(Problem::NumberInvalid)?;
    let within = (least..=most).contains(&number).then_some(number).ok_or(Problem::NumberInvalid)?;
    T::try_from(within).map_err(|_| Problem::NumberInvalid)
}

/// A day and a time of day in Riyadh, what is wrong noted by the field of each.
pub(super) fn when(fields: &mut Fields, names: [&str; 2], day: &str, time: &str) -> Option<OffsetDateTime> {
    let day = fields.take(names[0], read_day(day));
    let time = fields.take(names[1], read_time(time));
    Some(instant(day?, time?))
}

/// The instant of a day and a time of day in Riyadh.
fn instant(day: Date, time: Time) -> OffsetDateTime {
    day.with_time(time).assume_offset(RIYADH)
}

/// A Gregorian day as `YYYY-MM-DD`.
fn read_day(typed: &str) -> Result<Date, Problem> {
    let typed = latin_digits(typed.trim());
    if typed.is_empty() {
        return Err(Problem::Required);
    }
    let parts: Vec<&str> = typed.split(['-', '/']).collect();
    let [year, month, day] = parts.as_slice() else { return Err(Problem::DateInvalid) };
    parse_day(Calendar::Gregorian, day, month, year)
}

/// A time of day as `HH:MM`.
fn read_time(typed: &str) -> Result<Time, Problem> {
    let typed = latin_digits(typed.trim());
    if typed.is_empty() {
        return Err(Problem::Required);
    }
    let (hour, minute) = typed.split_once(':').ok_or(Problem::TimeInvalid)?;
    let part = |part: &str| part.parse::<u8>().map_err(|_| Problem::TimeInvalid);
    Time::from_hms(part(hour)?, part(minute)?, 0).map_err(|_| Problem::TimeInvalid)
}

/// The day of an instant in Riyadh, as its input spells it.
pub fn local_day(at: OffsetDateTime) -> String {
    let day = riyadh_day(at);
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

/// The time of day of an instant in Riyadh, as its input spells it.
pub fn local_time(at: OffsetDateTime) -> String {
    crate::ui::date::riyadh_time(at)
}
