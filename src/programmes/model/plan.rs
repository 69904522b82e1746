//! A session, a series or a programme as it is typed. Times are a day and a time of day in Riyadh.

use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime, Time};
use uuid::Uuid;

use super::{LONGEST_LINE, LONGEST_TEXT};
use crate::calendar::{Calendar, RIYADH, parse_day, riyadh_day};
use crate::error::{AppError, Fields, Problem};
use crate::text::{digits, latin_digits, one_line, paragraph};
use crate::training::model::SessionMode;

/// Sessions of a series at most.
pub const LONGEST_SERIES: i64 = 60;

/// A session to be held, every value read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub programme: Uuid,
    pub mode: SessionMode,
    pub region: String,
    pub city: String,
    pub venue_ar: String,
    pub venue_en: String,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    pub enrol_by: OffsetDateTime,
    pub trainer: Uuid,
    pub seats: i32,
}

impl Plan {
    /// The same, later.
    #[must_use]
    pub fn later(&self, by: Duration) -> Self {
        let (starts_at, ends_at, enrol_by) = (self.starts_at + by, self.ends_at + by, self.enrol_by + by);
        Self { starts_at, ends_at, enrol_by, ..self.clone() }
    }
}

/// A session as forms and files spell it. Field names are those of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedPlan {
    #[serde(default)]
    pub programme: String,
    #[serde(default)]
    pub mode: String,
    /// `region/city`.
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub venue_ar: String,
    #[serde(default)]
    pub venue_en: String,
    #[serde(default)]
    pub start_day: String,
    #[serde(default)]
    pub start_time: String,
    #[serde(default)]
    pub end_day: String,
    #[serde(default)]
    pub end_time: String,
    #[serde(default)]
    pub enrol_day: String,
    #[serde(default)]
    pub enrol_time: String,
    #[serde(default)]
    pub trainer: String,
    #[serde(default)]
    pub seats: String,
}

impl TypedPlan {
    /// Reads every value.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with what is wrong, by field.
    pub fn read(&self, now: OffsetDateTime) -> Result<Plan, AppError> {
        let mut fields = Fields::default();
        let programme = fields.take("programme", id(&self.programme));
        let mode = fields.take("mode", SessionMode::from_code(self.mode.trim()).ok_or(Problem::Required));
        let place = fields.take("place", place(&self.place));
        let venue_ar = fields.take("venue_ar", line(&self.venue_ar));
        let venue_en = fields.take("venue_en", line(&self.venue_en));
        let starts_at = when(&mut fields, ["start_day", "start_time"], &self.start_day, &self.start_time);
        // Left empty, a session ends on the day it starts.
        let end_day = if self.end_day.trim().is_empty() { &self.start_day } else { &self.end_day };
        let ends_at = when(&mut fields, ["end_day", "end_time"], end_day, &self.end_time);
        let enrol_by = when(&mut fields, ["enrol_day", "enrol_time"], &self.enrol_day, &self.enrol_time);
        let trainer = fields.take("trainer", id(&self.trainer));
        let seats = fields.take("seats", number(&self.seats, 1, 10_000));
        if let Some(starts_at) = starts_at {
            if starts_at <= now {
                fields.refuse("start_day", Problem::DateOver);
            }
            if ends_at.is_some_and(|ends_at| ends_at <= starts_at || ends_at > starts_at + Duration::days(31)) {
                fields.refuse("end_time", Problem::EndsBeforeStart);
            }
            if enrol_by.is_some_and(|enrol_by| enrol_by > starts_at) {
                fields.refuse("enrol_day", Problem::EnrolAfterStart);
            }
        }
        fields.finish()?;
        let read = || {
            let (region, city) = place?;
            Some(Plan {
                programme: programme?,
                mode: mode?,
                region,
                city,
                venue_ar: venue_ar?,
                venue_en: venue_en?,
                starts_at: starts_at?,
                ends_at: ends_at?,
                enrol_by: enrol_by?,
                trainer: trainer?,
                seats: seats?,
            })
        };
        read().ok_or(AppError::Malformed)
    }
}

/// How often a series goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    Once,
    Daily,
    Weekly,
}

impl Rhythm {
    pub const ALL: [Self; 3] = [Self::Once, Self::Daily, Self::Weekly];

    /// As forms spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// Every session of a series of this rhythm, the first as planned; Riyadh has no summer time.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when `times` is no number of sessions.
    pub fn series(code: &str, times: &str, first: &Plan) -> Result<Vec<Plan>, AppError> {
        let rhythm = Self::ALL.into_iter().find(|one| one.code() == code).unwrap_or(Self::Once);
        let step = match rhythm {
            Self::Once => return Ok(vec![first.clone()]),
            Self::Daily => Duration::DAY,
            Self::Weekly => Duration::WEEK,
        };
        let times = number(times, 2, LONGEST_SERIES).map_err(|problem| problem.on("times"))?;
        Ok((0..times).map(|place| first.later(step * place)).collect())
    }
}

/// The texts of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeTexts {
    pub title_ar: String,
    pub title_en: String,
    pub summary_ar: String,
    pub summary_en: String,
    pub hours: i16,
}

impl ProgrammeTexts {
    /// Reads them as typed, noting what is wrong by field.
    pub fn read(fields: &mut Fields, titles: [&str; 2], summaries: [&str; 2], hours: &str) -> Option<Self> {
        let title_ar = fields.take("title_ar", line(titles[0]));
        let title_en = fields.take("title_en", line(titles[1]));
        let summary_ar = fields.take("summary_ar", paragraph(summaries[0], LONGEST_TEXT));
        let summary_en = fields.take("summary_en", paragraph(summaries[1], LONGEST_TEXT));
        let hours = fields.take("hours", number::<i16>(hours, 1, 400));
        Some(Self {
            title_ar: title_ar?,
            title_en: title_en?,
            summary_ar: summary_ar?,
            summary_en: summary_en?,
            hours: hours?,
        })
    }
}

/// One line that must say something.
pub(super) fn line(typed: &str) -> Result<String, Problem> {
    let line = one_line(typed);
    match line.chars().count() {
        0 => Err(Problem::Required),
        count if count > LONGEST_LINE => Err(Problem::TooLong),
        _ => Ok(line),
    }
}

fn id(typed: &str) -> Result<Uuid, Problem> {
    if typed.trim().is_empty() {
        return Err(Problem::Required);
    }
    Uuid::parse_str(typed.trim()).map_err(|_| Problem::ChoiceUnknown)
}

fn place(typed: &str) -> Result<(String, String), Problem> {
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

fn when(fields: &mut Fields, names: [&str; 2], day: &str, time: &str) -> Option<OffsetDateTime> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    fn typed() -> TypedPlan {
        TypedPlan {
            programme: Uuid::nil().to_string(),
            mode: "online".to_owned(),
            place: "riyadh/riyadh".to_owned(),
            venue_ar: "قاعة".to_owned(),
            venue_en: "Hall".to_owned(),
            start_day: "٢٠٢٦-١٢-٠١".to_owned(),
            start_time: "16:00".to_owned(),
            end_day: String::new(),
            end_time: "21:30".to_owned(),
            enrol_day: "2026-11-30".to_owned(),
            enrol_time: "23:59".to_owned(),
            trainer: Uuid::nil().to_string(),
            seats: "٣٠".to_owned(),
        }
    }

    const NOW: OffsetDateTime = datetime!(2026-11-25 10:00 UTC);

    #[test]
    fn times_are_read_in_riyadh() {
        let plan = typed().read(NOW).unwrap();
        assert_eq!(plan.starts_at, datetime!(2026-12-01 13:00 UTC));
        assert_eq!(plan.ends_at, datetime!(2026-12-01 18:30 UTC));
        assert_eq!((plan.seats, plan.region.as_str()), (30, "riyadh"));
        assert_eq!((local_day(plan.starts_at).as_str(), local_time(plan.starts_at).as_str()), ("2026-12-01", "16:00"));
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let wrong = TypedPlan { start_day: "2026-02-30".to_owned(), seats: "0".to_owned(), ..typed() };
        let Err(AppError::Invalid(problems)) = wrong.read(NOW) else { panic!("read") };
        let of = |field: &str| problems.iter().find(|one| one.field == field).map(|one| one.problem);
        assert_eq!((of("start_day"), of("seats")), (Some(Problem::DateInvalid), Some(Problem::NumberInvalid)));
        let early = TypedPlan { end_time: "15:00".to_owned(), enrol_day: "2026-12-02".to_owned(), ..typed() };
        let Err(AppError::Invalid(problems)) = early.read(NOW) else { panic!("read") };
        let told: Vec<Problem> = problems.iter().map(|one| one.problem).collect();
        assert_eq!(told, [Problem::EndsBeforeStart, Problem::EnrolAfterStart]);
        assert!(TypedPlan { start_day: "2026-11-01".to_owned(), ..typed() }.read(NOW).is_err());
    }

    #[test]
    fn a_weekly_series_keeps_its_hour() {
        let first = typed().read(NOW).unwrap();
        let series = Rhythm::series("weekly", "3", &first).unwrap();
        let starts: Vec<OffsetDateTime> = series.iter().map(|plan| plan.starts_at).collect();
        assert_eq!(starts[2], datetime!(2026-12-15 13:00 UTC));
        assert_eq!(starts.len(), 3);
        assert_eq!(Rhythm::series("daily", "61", &first), Err(Problem::NumberInvalid.on("times")));
        assert_eq!(Rhythm::series("once", "", &first).unwrap().len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(one in "\\PC*") {
            let plan = TypedPlan {
                programme: one.clone(), mode: one.clone(), place: one.clone(), venue_ar: one.clone(),
                venue_en: one.clone(), start_day: one.clone(), start_time: one.clone(), end_day: one.clone(),
                end_time: one.clone(), enrol_day: one.clone(), enrol_time: one.clone(), trainer: one.clone(),
                seats: one.clone(),
            };
            let _ = plan.read(NOW);
            let _ = code(&one);
        }
    }
}
