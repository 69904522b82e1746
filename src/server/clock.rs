//! The time, as something tests can set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use time::{Duration, OffsetDateTime};

/// Where the server takes the time from: the system, or a test.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Milliseconds added to the system's time.
    ahead: Arc<AtomicI64>,
    /// Microseconds since 1970 at which it stands; 0 while it runs with the system's.
    standing: Arc<AtomicI64>,
}

impl Clock {
    /// Now, cut to the microsecond, which is what Postgres keeps.
    pub fn now(&self) -> OffsetDateTime {
        let base = match self.standing.load(Ordering::Relaxed) {
            0 => OffsetDateTime::now_utc(),
            micros => OffsetDateTime::UNIX_EPOCH + Duration::microseconds(micros),
        };
        let now = base + Duration::milliseconds(self.ahead.load(Ordering::Relaxed));
        now.replace_microsecond(now.microsecond()).unwrap_or(now)
    }

    /// Moves this clock, and every clone of it, forward.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.whole_milliseconds()).unwrap_or(i64::MAX);
        self.ahead.fetch_add(by, Ordering::Relaxed);
    }

    /// Lets this clock, and every clone of it, stand at an instant: it moves on by [`Clock::advance`] alone.
    pub fn stand_at(&self, at: OffsetDateTime) {
        let micros = i64::try_from((at - OffsetDateTime::UNIX_EPOCH).whole_microseconds()).unwrap_or(i64::MAX);
        self.ahead.store(0, Ordering::Relaxed);
        self.standing.store(micros, Ordering::Relaxed);
    }
}
