//! A session as it is typed. Times are a day and a time of day in Riyadh.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::number;
use super::typed::{id, line, place, when};
use crate::error::{AppError, Fields, Problem};
use crate::training::model::SessionMode;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;
    use crate::programmes::model::{code, local_day, local_time};

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
