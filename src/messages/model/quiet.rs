//! The hours of the night in which nobody is disturbed.

use time::{Duration, OffsetDateTime, Time};

use crate::calendar::RIYADH;

/// From one full hour to another, in Riyadh. None where the two are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    from: u8,
    until: u8,
}

impl QuietHours {
    /// Hours as settings have them; beyond a day they count on from midnight.
    pub fn new(from: i32, until: i32) -> Self {
        let hour = |hour: i32| u8::try_from(hour.rem_euclid(24)).unwrap_or_default();
        Self { from: hour(from), until: hour(until) }
    }

    /// When the quiet that reigns at an instant ends; `None` outside of it. The first instant after it is not quiet.
    pub fn end(self, at: OffsetDateTime) -> Option<OffsetDateTime> {
        let local = at.to_offset(RIYADH);
        let hour = local.hour();
        let over_midnight = self.from > self.until;
        let quiet = if over_midnight {
            hour >= self.from || hour < self.until
        } else {
            (self.from..self.until).contains(&hour)
        };
        let until = Time::from_hms(self.until, 0, 0).unwrap_or(Time::MIDNIGHT);
        let end = local.replace_time(until);
        quiet.then(|| if over_midnight && hour >= self.from { end + Duration::DAY } else { end })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_night_begins_and_ends_to_the_second() {
        let night = QuietHours::new(22, 7);
        let morning = datetime!(2026-11-26 7:00 +3);
        for (at, end) in [
            (datetime!(2026-11-25 21:59:59.999999 +3), None),
            (datetime!(2026-11-25 22:00 +3), Some(morning)),
            (datetime!(2026-11-25 19:00 UTC), Some(morning)),
            (datetime!(2026-11-25 23:59:59 +3), Some(morning)),
            (datetime!(2026-11-26 0:00 +3), Some(morning)),
            (datetime!(2026-11-26 6:59:59.999999 +3), Some(morning)),
            (morning, None),
            (datetime!(2026-11-26 12:00 +3), None),
        ] {
            assert_eq!(night.end(at), end, "{at}");
        }
    }

    #[test]
    fn a_night_that_ends_at_midnight_ends_with_the_day() {
        let evening = QuietHours::new(22, 0);
        assert_eq!(evening.end(datetime!(2026-12-31 23:30 +3)), Some(datetime!(2027-01-01 0:00 +3)));
        assert_eq!(evening.end(datetime!(2027-01-01 0:00 +3)), None);
    }

    #[test]
    fn quiet_may_be_by_day_or_never() {
        let noon = QuietHours::new(12, 14);
        assert_eq!(noon.end(datetime!(2026-11-25 13:00 +3)), Some(datetime!(2026-11-25 14:00 +3)));
        assert_eq!(noon.end(datetime!(2026-11-25 14:00 +3)), None);
        assert_eq!(QuietHours::new(0, 0).end(datetime!(2026-11-25 0:30 +3)), None);
        assert_eq!(QuietHours::new(24, 24), QuietHours::new(0, 0));
    }

    proptest! {
        #[test]
        fn quiet_ends_within_a_day_in_an_hour_that_is_not_quiet(from in 0..24, until in 0..24, at in 0i64..4_000_000_000) {
            let quiet = QuietHours::new(from, until);
            let at = OffsetDateTime::from_unix_timestamp(at).unwrap();
            if let Some(end) = quiet.end(at) {
                prop_assert!(at < end && end - at <= Duration::DAY);
                prop_assert_eq!(quiet.end(end), None);
            }
        }
    }
}
