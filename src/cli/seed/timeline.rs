//! Days of the set are told from the day it is loaded, in Riyadh; this makes instants and dates of them.

use time::{Date, Duration, OffsetDateTime, Time};

use crate::calendar::{RIYADH, riyadh_day};

/// The day of loading, and days around it.
pub struct Timeline {
    pub now: OffsetDateTime,
    today: Date,
}

impl Timeline {
    pub fn new(now: OffsetDateTime) -> Self {
        Self { now, today: riyadh_day(now) }
    }

    /// The day so many days from today.
    pub fn day(&self, days: i64) -> Date {
        self.today + Duration::days(days)
    }

    /// A time of day, `HH:MM` in Riyadh, so many days from today.
    pub fn at(&self, days: i64, time: &str) -> OffsetDateTime {
        let (hour, minute) = time.split_once(':').unwrap_or((time, "0"));
        let part = |part: &str| part.parse().unwrap_or_default();
        let time = Time::from_hms(part(hour), part(minute), 0).unwrap_or(Time::MIDNIGHT);
        self.day(days).with_time(time).assume_offset(RIYADH)
    }

    /// About two hours from now, on the quarter, but still today.
    pub fn later_today(&self) -> OffsetDateTime {
        let soon = self.now + Duration::hours(2);
        let quarter = OffsetDateTime::from_unix_timestamp(soon.unix_timestamp() / 900 * 900).unwrap_or(soon);
        quarter.min(self.at(0, "23:59"))
    }

    /// So long ago.
    pub fn ago(&self, time: Duration) -> OffsetDateTime {
        self.now - time
    }
}
